/** Orders in answers, and requests to make them. */
import { basketCents, type Item } from '../../data/basket.ts'
import { signToken } from '../../data/token.ts'
import type { Request } from '../../workload.ts'
import { withText } from './bodies.ts'
import { instantProblem } from './instant.ts'
import { isObject, keysProblem, parseJson } from './json.ts'

const keys = ['orderId', 'userId', 'totalCents', 'createdAt']

/** An order as it is answered. */
export interface OrderAnswer {
  readonly orderId: number
  readonly userId: number
  readonly totalCents: number
  readonly createdAt: string
}

/** What is wrong with the answer to an order of these items, if anything. */
export function orderProblem(
  body: string,
  userId: number,
  items: readonly Item[],
): string | undefined {
  const parsed = parseJson(body)
  if ('problem' in parsed) return parsed.problem
  const order = parsed.value
  if (!isObject(order)) return `no object but ${body.slice(0, 80)}`
  const wrongKeys = keysProblem(order, keys)
  if (wrongKeys !== undefined) return wrongKeys
  const { orderId, totalCents } = order
  if (typeof orderId !== 'number' || !Number.isInteger(orderId) || orderId < 1)
    return `orderId ${JSON.stringify(orderId)}`
  if (order['userId'] !== userId) return `userId ${JSON.stringify(order['userId'])} for ${userId}`
  const wanted = basketCents(items)
  if (totalCents !== wanted) return `totalCents ${JSON.stringify(totalCents)} for ${wanted}`
  return instantProblem('createdAt', order['createdAt'])
}

/** A request with this value of its Authorization header. */
export const withAuthorization = (request: Request, authorization: string): Request => ({
  ...request,
  headers: { ...request.headers, authorization },
})

/** The same request with a valid token of this user. */
export const asUser = (request: Request, userId: number): Request =>
  withAuthorization(request, `Bearer ${signToken({ sub: String(userId) })}`)

/** An order without a token. */
export const checkoutOf = (body: unknown): Request =>
  withText('POST', '/checkout', JSON.stringify(body))
