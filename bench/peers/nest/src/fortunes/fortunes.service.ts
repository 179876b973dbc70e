import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'

export interface Fortune {
  readonly id: number
  readonly message: string
}

const selectFortunes = 'SELECT id, message FROM fortune'

@Injectable()
export class FortunesService {
  constructor(private readonly database: Database) {}

  /** Those of the table and one more, by message. */
  async list(): Promise<Fortune[]> {
    const fortunes = await this.database.query<Fortune>(selectFortunes)
    fortunes.push({ id: 0, message: 'Additional fortune added at request time.' })
    return fortunes.sort((one, other) => (one.message < other.message ? -1 : 1))
  }
}
