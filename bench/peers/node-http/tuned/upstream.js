/** Asks the downstream services through undici's own API, which fetch wraps in web streams. */
import { Pool } from 'undici'
import { lateGateway, badGateway, timeoutMs, mostBytes } from '../upstream.js'

const connections = 128

export function makeUpstream(url) {
  const pool = url && new Pool(url, { connections, maxResponseSize: mostBytes })
  return {
    async get(path) {
      const service = path.split('?')[0]
      if (!pool) throw badGateway(`${service} has no address`)
      try {
        const signal = AbortSignal.timeout(timeoutMs)
        const { statusCode, body } = await pool.request({ method: 'GET', path, signal })
        if (statusCode === 200) return await body.json()
        await body.dump()
      } catch (error) {
        if (error.name === 'TimeoutError') throw lateGateway(service)
      }
      throw badGateway(`${service} failed`)
    },
  }
}
