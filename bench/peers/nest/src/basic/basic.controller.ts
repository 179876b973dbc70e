import { Controller, Get, Header, Query } from '@nestjs/common'
import { CountPipe } from '../common/count.pipe.js'
import { longestCollatz } from './collatz.js'

@Controller()
export class BasicController {
  @Get('plaintext')
  @Header('Content-Type', 'text/plain')
  plaintext() {
    return 'Hello, World!'
  }

  @Get('json')
  json() {
    return { message: 'Hello, World!' }
  }

  @Get('cpu')
  cpu(@Query('n', new CountPipe({ most: 100_000, bad: 1000 })) n: number) {
    return longestCollatz(n)
  }
}
