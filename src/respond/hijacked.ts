/** A writer that takes the reply away from Fastify and writes status, headers and body by node:http. */
import type { OutgoingHttpHeaders } from 'node:http'
import type { Writer } from '../slot.ts'
import { answerText, jsonType } from './answer-text.ts'

/** Successes of every route that answers a value: JSON, HTML and text. */
export const hijackedWriter: Writer = (route, endpoint, serializeOf) =>
  answerText(route, endpoint, serializeOf, (reply, text) => {
    // What hooks and the handler have set, and what Fastify tells node while it closes.
    const headers = reply.getHeaders() as OutgoingHttpHeaders
    headers['content-type'] ??= jsonType
    headers['content-length'] = Buffer.byteLength(text)
    reply.hijack()
    reply.raw.writeHead(reply.statusCode, headers)
    // For HEAD node leaves the body out by itself.
    reply.raw.end(text)
    return undefined
  })
