/** The Endpoint contract: one route that every contender answers, or one of our own operations routes. */
import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { TSchema, Static } from '@sinclair/typebox'
import type { Database } from './database.ts'

/** What a running server tells of itself at GET /profile. */
export interface Identity {
  readonly name: string
  readonly description: string
  readonly runId: string
  readonly pid: number
  readonly workers: number
  readonly toggles: Readonly<Record<string, unknown>>
  readonly versions: Readonly<Record<string, string>>
}

/** What handlers may use; made once at boot. */
export interface Services {
  readonly database: Database
  readonly identity: Identity
  /** False while the contender's other workers are still starting. */
  readonly ready: () => boolean
}

/** One route: its schema, and the handler that returns the value to answer. */
export interface Endpoint {
  /** kebab-case, equals the file name. */
  readonly name: string
  readonly method: HTTPMethods
  readonly url: string
  /** The media type where it is not JSON. */
  readonly mediaType?: string
  readonly schema: { readonly response: Readonly<Record<number, TSchema>> }
  /** Endpoints return values; how they are written is the slot `respond`'s business. */
  handler(services: Services): (request: FastifyRequest, reply: FastifyReply) => unknown
}

/** Ties the handler's answer to the schema of status 200. */
export const defineEndpoint = <R extends TSchema>(
  endpoint: Omit<Endpoint, 'schema' | 'handler'> & {
    readonly schema: { readonly response: { readonly 200: R } & Readonly<Record<number, TSchema>> }
    handler(
      services: Services,
    ): (request: FastifyRequest, reply: FastifyReply) => Static<R> | Promise<Static<R>>
  },
): Endpoint => endpoint
