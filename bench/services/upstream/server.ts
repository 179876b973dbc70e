/** The downstream services that /fanout and /checkout ask: one small server that plays all of them. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  fanoutParts,
  faultSkus,
  isAvailable,
  priceCents,
  shippingCents,
} from '../../data/upstream.ts'
import { Gathering } from './gathering.ts'

/** Longer than any run: no contender's connection is closed under it. */
const keepAliveMs = 3_600_000

const mostItems = 1_000_000

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

const fixed = new Map(Object.entries(fanoutParts).map(([name, value]) => [`/${name}`, json(value)]))
const stock = { true: json({ available: true }), false: json({ available: false }) }
const garbage = Buffer.from('<h1>no JSON</h1>')
const failure = json({ error: 'asked for' })
const unknown = json({ error: 'unknown' })

const send = (response: ServerResponse, status: number, body: Buffer): void => {
  // An array skips the look-ups that an object of headers costs.
  response.writeHead(status, [
    'content-type',
    'application/json',
    'content-length',
    String(body.length),
  ])
  response.end(body)
}

const sendPrices = (response: ServerResponse, skus: readonly string[]): void => {
  if (skus.includes(faultSkus.hang)) return
  if (skus.includes(faultSkus.reset)) response.socket?.resetAndDestroy()
  else if (skus.includes(faultSkus.error)) send(response, 500, failure)
  else if (skus.includes(faultSkus.garbage)) send(response, 200, garbage)
  else {
    const prices = Object.fromEntries(skus.map((sku) => [sku, priceCents(sku)]))
    send(response, 200, json({ prices }))
  }
}

const answer = (response: ServerResponse, url: string): void => {
  const body = fixed.get(url)
  if (body !== undefined) return send(response, 200, body)
  const { pathname, searchParams } = new URL(url, 'http://stub')
  const skus = searchParams.get('skus')?.split(',') ?? []
  const items = Number(searchParams.get('items'))
  if (pathname === '/prices') return sendPrices(response, skus)
  if (pathname === '/stock') return send(response, 200, stock[`${isAvailable(skus)}`])
  if (pathname === '/shipping' && Number.isInteger(items) && items > 0 && items <= mostItems)
    return send(response, 200, json({ cents: shippingCents(items) }))
  return send(response, 404, unknown)
}

const closing = 'DELETE /doors/'

/** Calls back after a time; tests replace it. */
export type Later = (callback: () => void, ms: number) => unknown

/** Further ports of one server, by number; they close with it. */
class Doors {
  readonly #server: Server
  readonly #open = new Map<string, Server>()

  constructor(server: Server) {
    this.#server = server
    server.once('close', () => {
      for (const port of this.#open.keys()) this.close(port)
    })
  }

  /** Lets `door` listen on a free port of the same address. */
  open(door: Server, opened: (port: number) => void): void {
    const { address: host } = this.#server.address() as AddressInfo
    door.listen({ host, port: 0 }, () => {
      const { port } = door.address() as AddressInfo
      this.#open.set(String(port), door)
      opened(port)
    })
  }

  /** False where no such door is open. */
  close(port: string): boolean {
    const door = this.#open.get(port)
    door?.close()
    door?.closeAllConnections()
    return this.#open.delete(port)
  }
}

/**
 * Makes the server; the caller listens. Besides the services it has, for the bench alone,
 * POST and DELETE /gathering, which begin and end a look at how many parts of /fanout are asked for at once, and
 * POST /doors and DELETE /doors/PORT, which open and close a further port with looks of its own.
 * @param latencyMs what every answer waits before it is sent
 */
export const createUpstream = (latencyMs: number, later: Later = setTimeout): Server => {
  let gathering: Gathering | undefined
  const respond = (response: ServerResponse, url: string): void => {
    if (latencyMs === 0) answer(response, url)
    else later(() => answer(response, url), latencyMs)
  }
  const control = (what: string, response: ServerResponse): void => {
    if (what === 'POST /gathering') {
      gathering?.end()
      gathering = new Gathering(fixed.size)
      send(response, 201, json({}))
    } else if (what === 'DELETE /gathering')
      send(response, 200, json({ most: gathering?.end() ?? 0 }))
    else if (what === 'POST /doors')
      doors.open(createUpstream(latencyMs, later), (port) => send(response, 201, json({ port })))
    else if (what.startsWith(closing) && doors.close(what.slice(closing.length)))
      send(response, 200, json({}))
    else send(response, 404, unknown)
  }
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const { method, url = '/' } = request
    if (method !== 'GET') control(`${method} ${url}`, response)
    else if (gathering?.isOpen === true && fixed.has(url))
      gathering.hold(response, url, () => respond(response, url))
    else respond(response, url)
  })
  const doors = new Doors(server)
  return server
}
