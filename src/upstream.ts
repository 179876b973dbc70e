/** The services that this one asks: the contract of the slot `upstream`. */

/** Why a downstream service gave no usable answer. */
export type UpstreamFailure = 'timeout' | 'failed'

/** Thrown by `Upstream.get`: the request becomes 504 or 502, with the message as its detail. */
export class UpstreamError extends Error {
  readonly failure: UpstreamFailure

  constructor(failure: UpstreamFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.failure = failure
  }
}

/** A client of the downstream services. */
export interface Upstream {
  /**
   * Asks for JSON.
   * @param path with its query
   * @throws UpstreamError `timeout` after `upstreamTimeoutMs`; `failed` for a refused or broken connection,
   *   a status other than 200, a body of more than `mostUpstreamBytes` and one that is no JSON
   */
  get(path: string): Promise<unknown>
  /** Closes the connections that it holds. */
  close(): Promise<void>
}

/** How long a downstream service may take, from the call to the last byte. */
export const upstreamTimeoutMs = 1000

/** How long an answer may be; a service that says more than this is not well. */
export const mostUpstreamBytes = 1_048_576

/** @param url where the services answer; without one every call fails */
export type MakeUpstream = (url: string | undefined) => Upstream

/** Stands for the services where nobody has said where they are. */
export const noUpstream: Upstream = {
  get: () => Promise.reject(new UpstreamError('failed', 'UPSTREAM_URL is not set')),
  close: async () => {},
}

const nameOf = (path: string): string => path.split('?')[0] ?? path

/** A service that answered too late. */
export const lateError = (path: string, options?: ErrorOptions): UpstreamError =>
  new UpstreamError('timeout', `${nameOf(path)} took longer than ${upstreamTimeoutMs} ms`, options)

/** A service that answered with something else than what was asked for, or not at all. */
export const failedError = (path: string, how: string, options?: ErrorOptions): UpstreamError =>
  new UpstreamError('failed', `${nameOf(path)} ${how}`, options)
