/** What the writers share: a route's value becomes text in the route's own handler. */
import type { FastifyReply, RouteOptions } from 'fastify'
import type { Endpoint } from '../endpoint.ts'
import { successStatuses } from '../quick-start.ts'
import type { Serialize, Writer } from '../slot.ts'

/** What Fastify itself sends JSON as. */
export const jsonType = 'application/json; charset=utf-8'

/**
 * Sends the text of a success.
 * @returns what Fastify is to send, or undefined when all is done
 */
export type SendText = (reply: FastifyReply, text: string) => string | undefined

const asIs: Serialize = (value) => value as string

/** The serializer of each status under which the route answers with a value of its own. */
function serializersOf(
  endpoint: Endpoint,
  serializeOf: Parameters<Writer>[2],
): ReadonlyMap<number, Serialize> {
  const statuses = successStatuses.filter((status) => endpoint.schema.response[status])
  return new Map(
    statuses.map((status) => [
      status,
      endpoint.mediaType === undefined ? (serializeOf(status) ?? JSON.stringify) : asIs,
    ]),
  )
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value

/**
 * Puts `send` behind the route's handler. Whatever is no success with a value goes on to Fastify as it is:
 * errors, and what the handler has sent itself. A handler without a promise stays without one.
 */
export function answerText(
  route: RouteOptions,
  endpoint: Endpoint,
  serializeOf: Parameters<Writer>[2],
  send: SendText,
): RouteOptions {
  const serializers = serializersOf(endpoint, serializeOf)
  const { handler } = route
  const finish = (reply: FastifyReply, value: unknown): unknown => {
    const serialize = serializers.get(reply.statusCode)
    if (serialize === undefined || value === undefined || reply.sent) return value
    return send(reply, serialize(value))
  }
  return {
    ...route,
    handler(request, reply) {
      const answer: unknown = handler.call(this, request, reply)
      // A reply is a thenable too: it means that the handler has sent by itself.
      if (answer === reply) return answer
      if (!isPromise(answer)) return finish(reply, answer)
      return answer.then((value) => finish(reply, value))
    },
  }
}
