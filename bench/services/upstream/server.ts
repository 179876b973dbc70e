/** The downstream services that /fanout and /checkout ask: one small server that plays all of them. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import {
  fanoutParts,
  faultSkus,
  isAvailable,
  priceCents,
  shippingCents,
} from '../../data/upstream.ts'

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

/** Calls back after a time; tests replace it. */
export type Later = (callback: () => void, ms: number) => unknown

/**
 * Makes the server; the caller listens.
 * @param latencyMs what every answer waits before it is sent
 */
export const createUpstream = (latencyMs: number, later: Later = setTimeout): Server =>
  createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const url = request.url ?? '/'
    if (latencyMs === 0) answer(response, url)
    else later(() => answer(response, url), latencyMs)
  })
