/** What bodies, queries and the answers of services must look like. */
import { z } from 'zod'

export const userFields = z.strictObject({
  username: z.string().regex(/^[A-Za-z0-9_.-]{3,50}$/),
  email: z.email().max(254),
  age: z.int().min(18).max(150),
})

export const usersQuery = z.object({
  after: z.string().regex(/^\d+$/).optional(),
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/)
    .optional(),
})

const host = '[A-Za-z0-9][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*\\.?'
const port = '([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])'

export const linkFields = z.strictObject({
  url: z
    .string()
    .max(2048)
    .regex(new RegExp(`^https?://${host}(:${port})?([/?#][!-~]*)?$`)),
})

const mostItems = 20
const mostPieces = 99

export const basket = z.strictObject({
  items: z
    .array(
      z.strictObject({
        sku: z.string().regex(/^[a-z0-9-]{1,40}$/),
        quantity: z.int().min(1).max(mostPieces),
      }),
    )
    .min(1)
    .max(mostItems),
})

const int4Max = 2_147_483_647
const mostShippingCents = 100_000_000
/** Limits under which no total is larger than table `orders` can hold. */
const mostPriceCents = Math.floor((int4Max - mostShippingCents) / (mostItems * mostPieces))

export const pricesAnswer = z.object({
  prices: z.record(z.string(), z.int().min(0).max(mostPriceCents)),
})
export const stockAnswer = z.object({ available: z.boolean() })
export const shippingAnswer = z.object({ cents: z.int().min(0).max(mostShippingCents) })

export const profileAnswer = z.object({ name: z.string(), tier: z.string() })
export const ordersAnswer = z.object({ open: z.int(), last: z.string() })
export const offersAnswer = z.object({ ids: z.array(z.int()) })
