/** Asks the downstream services through undici's own API, which fetch wraps in web streams. */
import { Pool } from 'undici'
import { badGateway, callFailure, timeoutMs } from '../upstream.js'

const connections = 128

/** As the function of this name in ../upstream.js. */
export function makeUpstream(url) {
  const pool = url ? new Pool(url, { connections }) : undefined
  const getJson = async (path) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const { statusCode, body } = await pool.request({ method: 'GET', path, signal })
    if (statusCode === 200) return body.json()
    await body.dump()
    throw badGateway(path)
  }
  return {
    get: (path) =>
      getJson(path).catch((error) => {
        throw callFailure(path, error)
      }),
  }
}
