/** Asks the downstream services with Node's own fetch. */
import { Problem } from './respond.js'

export const timeoutMs = 1000
export const mostBytes = 1_048_576

/** What is answered when a service answered otherwise than agreed on. */
export const badGateway = (detail) => new Problem(502, { detail })

/** What is answered when a service did not answer in time. */
export const lateGateway = (service) =>
  new Problem(504, { detail: `${service} took longer than ${timeoutMs} ms` })

async function readJson(answer) {
  if (answer.status !== 200) {
    await answer.body?.cancel()
    throw new Error(`status ${answer.status}`)
  }
  if (Number(answer.headers.get('content-length')) > mostBytes) throw new Error('too long')
  return answer.json()
}

/** @returns get(path): the JSON of an answer; throws Problem 504 when it comes too late, else 502 */
export function makeUpstream(url) {
  return {
    async get(path) {
      try {
        const signal = AbortSignal.timeout(timeoutMs)
        return await readJson(await fetch(new URL(path, url), { redirect: 'manual', signal }))
      } catch (error) {
        const service = path.split('?')[0]
        if (error.name === 'TimeoutError') throw lateGateway(service)
        throw badGateway(`${service} failed`)
      }
    },
  }
}
