/** Baskets for POST /checkout, and what they cost. */
import { priceCents, shippingCents } from './upstream.ts'

/** One line of an order. */
export interface Item {
  readonly sku: string
  readonly quantity: number
}

/** What an order of these items costs: the pieces and sending them. */
export const basketCents = (items: readonly Item[]): number => {
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
  return items.reduce(
    (sum, { sku, quantity }) => sum + priceCents(sku) * quantity,
    shippingCents(pieces),
  )
}
