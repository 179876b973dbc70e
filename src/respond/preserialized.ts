/** A writer that hands Fastify finished text, so that its serialization is skipped. */
import type { Writer } from '../slot.ts'
import { answerText, jsonType } from './answer-text.ts'

/** JSON routes answer text with its media type; other routes answer text anyway. */
export const preserializedWriter: Writer = (route, endpoint, serializeOf) => {
  if (endpoint.mediaType !== undefined) return route
  return answerText(route, endpoint, serializeOf, (reply, text) => {
    // Text of a JSON media type is sent as it is; without a type it would be text/plain.
    reply.type(jsonType)
    return text
  })
}
