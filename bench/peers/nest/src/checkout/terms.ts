/** What the services say of a basket: believed only in the form that was agreed on. */
import { BadGatewayException } from '@nestjs/common'
import { failedService } from '../upstream/upstream.js'
import type { BasketItem } from './basket.dto.js'

const int4Max = 2_147_483_647

export interface Terms {
  readonly prices: object
  readonly available: boolean
  readonly shippingCents: number
}

const isInteger = (value: unknown): value is number => Number.isInteger(value)

/** @throws BadGatewayException for answers of another form */
export function agreedTerms(answers: readonly unknown[]): Terms {
  const [priced, stocked, shipped] = answers as (Record<string, unknown> | null)[]
  const prices = priced?.prices
  const available = stocked?.available
  const shippingCents = shipped?.cents
  if (typeof prices !== 'object' || prices === null) throw failedService('/prices')
  if (typeof available !== 'boolean') throw failedService('/stock')
  if (!isInteger(shippingCents)) throw failedService('/shipping')
  return { prices, available, shippingCents }
}

/** @throws BadGatewayException where a price is missing or cannot be */
export function totalOf(items: readonly BasketItem[], { prices, shippingCents }: Terms): number {
  let total = shippingCents
  for (const { sku, quantity } of items) {
    // An own key: every object has something under `constructor`, which is a good sku.
    const price: unknown = Object.hasOwn(prices, sku) ? Reflect.get(prices, sku) : undefined
    if (!isInteger(price)) throw new BadGatewayException('/prices left a price out')
    total += price * quantity
  }
  if (total < 0 || total > int4Max)
    throw new BadGatewayException('a service told a price that cannot be')
  return total
}
