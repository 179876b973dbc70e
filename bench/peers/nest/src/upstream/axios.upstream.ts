import { HttpService } from '@nestjs/axios'
import { Injectable } from '@nestjs/common'
import { AxiosError } from 'axios'
import { firstValueFrom } from 'rxjs'
import { failedService, lateService, Upstream } from './upstream.js'

/** Nest's HTTP module, which is axios. */
@Injectable()
export class AxiosUpstream extends Upstream {
  constructor(private readonly http: HttpService) {
    super()
  }

  async get(path: string): Promise<unknown> {
    try {
      const { data } = await firstValueFrom(this.http.get<unknown>(path))
      return data
    } catch (error) {
      const isLate = error instanceof AxiosError && error.code === AxiosError.ECONNABORTED
      throw isLate ? lateService(path) : failedService(path)
    }
  }
}
