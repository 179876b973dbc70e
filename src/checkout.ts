/** What a checkout takes, what it asks of the downstream services, and what it costs. */
import { Type, type Static } from '@sinclair/typebox'

const mostItems = 20
const mostPieces = 99

/** The same sku may stand in several items: each is a line of the order. */
export const BasketSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          sku: Type.String({ pattern: '^[a-z0-9-]{1,40}$', examples: ['tea-pot'] }),
          quantity: Type.Integer({ minimum: 1, maximum: mostPieces, examples: [2] }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: mostItems },
    ),
  },
  { additionalProperties: false },
)

export type Item = Static<typeof BasketSchema>['items'][number]

const int4Max = 2_147_483_647
const mostShippingCents = 100_000_000

/** Limits under which no total is larger than table `orders` can hold. */
const mostPriceCents = Math.floor((int4Max - mostShippingCents) / (mostItems * mostPieces))

export const PricesSchema = Type.Object({
  prices: Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: mostPriceCents })),
})

export const StockSchema = Type.Object({ available: Type.Boolean() })

export const ShippingSchema = Type.Object({
  cents: Type.Integer({ minimum: 0, maximum: mostShippingCents }),
})

/** How many pieces are sent. */
export const piecesOf = (items: readonly Item[]): number =>
  items.reduce((sum, { quantity }) => sum + quantity, 0)

/**
 * The price of all pieces and of sending them.
 * @returns cents, or undefined when an item has no price
 */
export function totalOf(
  items: readonly Item[],
  prices: Readonly<Record<string, number>>,
  shippingCents: number,
): number | undefined {
  let total = shippingCents
  for (const { sku, quantity } of items) {
    // An own key: every object has something under `constructor`, which is a good sku.
    const price = Object.hasOwn(prices, sku) ? prices[sku] : undefined
    if (price === undefined) return undefined
    total += price * quantity
  }
  return total
}
