import { BadGatewayException, GatewayTimeoutException } from '@nestjs/common'

export const upstreamTimeoutMs = 1000
export const longestAnswerBytes = 1_048_576

/** The downstream services. Each level asks them in its own way. */
export abstract class Upstream {
  /**
   * @param path of a service, with a query
   * @returns the JSON of its answer
   * @throws GatewayTimeoutException when it comes too late, else BadGatewayException
   */
  abstract get(path: string): Promise<unknown>
}

const serviceOf = (path: string) => path.split('?')[0]

/** What is thrown when a service answered otherwise than agreed on. */
export const failedService = (path: string) =>
  new BadGatewayException(`${serviceOf(path)} has failed`)

/** What is thrown when a service did not answer in time. */
export const lateService = (path: string) =>
  new GatewayTimeoutException(`${serviceOf(path)} took longer than ${upstreamTimeoutMs} ms`)
