/** What the downstream services of /fanout and /checkout answer: by these functions, so that every answer can be checked exactly. */

/** GET /profile, /orders and /offers of the services, which GET /fanout merges under these names. */
export const fanoutParts = {
  profile: { name: 'Ada', tier: 'gold' },
  orders: { open: 3, last: '2025-06-01' },
  offers: { ids: [11, 12, 13] },
} as const

/** A sku that is known and never there: the answer of /stock is then false. */
export const soldOutSku = 'sold-out'

/** Skus that make GET /prices of the services fail, each in its own way. */
export const faultSkus = {
  /** Status 500. */
  error: 'fault-500',
  /** No answer, for as long as the client waits. */
  hang: 'fault-hang',
  /** Status 200 with a body that is no JSON. */
  garbage: 'fault-garbage',
  /** The connection is reset. */
  reset: 'fault-reset',
} as const

/** The price of any sku, from its text: 99 to 8,499 cents; 1299 for `a`. */
export const priceCents = (sku: string): number => {
  let hash = 0
  for (let at = 0; at < sku.length; at++) hash = (hash * 31 + sku.charCodeAt(at)) >>> 0
  return 99 + 100 * (hash % 85)
}

/** Whether all of these skus are there. */
export const isAvailable = (skus: readonly string[]): boolean => !skus.includes(soldOutSku)

/** What it costs to send so many pieces, in cents. */
export const shippingCents = (items: number): number => 400 + 30 * items
