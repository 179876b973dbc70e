import { HttpModule } from '@nestjs/axios'
import { Global, Module } from '@nestjs/common'
import { environment } from '../environment.js'
import { AxiosUpstream } from './axios.upstream.js'
import { longestAnswerBytes, Upstream, upstreamTimeoutMs } from './upstream.js'

@Global()
@Module({
  imports: [
    HttpModule.register({
      baseURL: environment.upstreamUrl,
      timeout: upstreamTimeoutMs,
      maxRedirects: 0,
      maxContentLength: longestAnswerBytes,
    }),
  ],
  providers: [{ provide: Upstream, useClass: AxiosUpstream }],
  exports: [Upstream],
})
export class UpstreamModule {}
