/** Asks the downstream services with Node's own fetch. */
import createError from 'http-errors'

export const timeoutMs = 1000

/** What is thrown when a service answered otherwise than agreed on. */
export const badGateway = (path) => createError(502, `${path} failed`)

/** What is thrown when a call failed: 504 when its time was up, else 502. */
export const callFailure = (path, error) =>
  error.name === 'TimeoutError'
    ? createError(504, `${path} took longer than ${timeoutMs} ms`)
    : badGateway(path)

async function fetchJson(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  if (answer.status === 200) return answer.json()
  await answer.body?.cancel()
  throw new Error(`status ${answer.status}`)
}

/** @returns get(path): the JSON of an answer */
export const makeUpstream = (url) => ({
  get: (path) =>
    fetchJson(new URL(path, url)).catch((error) => {
      throw callFailure(path, error)
    }),
})

/**
 * Makes a question to a service, whose answer is believed only in the form that was agreed on.
 * @param check of check.js, or the tuned one
 */
export const askWith = (upstream, check) => async (path) => {
  const answer = await upstream.get(path)
  if (check(answer) !== undefined) throw badGateway(path)
  return answer
}
