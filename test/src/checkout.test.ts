import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import {
  BasketSchema,
  type Item,
  piecesOf,
  PricesSchema,
  ShippingSchema,
  totalOf,
} from '../../src/checkout.ts'

t.test('a total is each price times its quantity, and sending', async (t) => {
  const items: Item[] = [
    { sku: 'a', quantity: 2 },
    { sku: 'b', quantity: 1 },
    { sku: 'a', quantity: 3 },
  ]
  t.equal(piecesOf(items), 6)
  t.equal(totalOf(items, { a: 100, b: 7, c: 1000 }, 5), 512, 'a sku may stand in several items')
  t.equal(totalOf(items, { a: 0, b: 0 }, 0), 0)
})

t.test('an item without a price has no total', async (t) => {
  t.equal(totalOf([{ sku: 'a', quantity: 1 }], {}, 5), undefined)
  t.equal(totalOf([{ sku: 'constructor', quantity: 1 }], {}, 5), undefined, 'not an inherited key')
  t.equal(totalOf([{ sku: 'constructor', quantity: 1 }], { constructor: 5 }, 5), 10)
})

t.test('no total that the limits allow is more than int4 holds', async (t) => {
  const most = Number(PricesSchema.properties.prices.patternProperties['^(.*)$']?.maximum)
  const items = Array.from({ length: 20 }, () => ({ sku: 'a', quantity: 99 }))
  t.ok(Value.Check(BasketSchema, { items }))
  t.notOk(Value.Check(BasketSchema, { items: [...items, { sku: 'a', quantity: 1 }] }))
  const total = totalOf(items, { a: most }, Number(ShippingSchema.properties.cents.maximum))
  t.ok(total !== undefined && total <= 2_147_483_647, `${total}`)
  t.ok(most > 1_000_000, 'and prices may be high')
})
