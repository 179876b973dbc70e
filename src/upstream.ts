/** The services that this one asks: the contract of the slot `upstream`. */

/** Why a downstream service gave no usable answer. */
export type UpstreamFailure = 'timeout' | 'failed'

/** Thrown by `Upstream.get`: the request becomes 504 or 502. */
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
   *   a status other than 200 and a body that is no JSON
   */
  get(path: string): Promise<unknown>
  close(): Promise<void>
}

/** How long a downstream service may take, from the call to the last byte. */
export const upstreamTimeoutMs = 1000

/** @param url where the services answer; without one every call fails */
export type MakeUpstream = (url: string | undefined) => Upstream
