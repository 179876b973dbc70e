/** The Endpoint contract: one route that every contender answers, or one of our own operations routes. */
import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { TSchema, Static } from '@sinclair/typebox'
import type { DestinationStream, Logger } from 'pino'
import type { Authenticate } from './auth.ts'
import type { MakeCache } from './cache.ts'
import type { Compute } from './compute.ts'
import type { Database } from './database.ts'
import type { Templates } from './templates.ts'
import type { Upstream } from './upstream.ts'

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

/** Where the lines of `Services.journal` go. */
export type JournalStream = DestinationStream

/** What handlers may use; made once at boot. */
export interface Services {
  readonly database: Database
  readonly upstream: Upstream
  readonly authenticate: Authenticate
  readonly templates: Templates
  readonly makeCache: MakeCache
  readonly compute: Compute
  /** Writes one structured line per business event, whether requests are logged or not. */
  readonly journal: Logger
  readonly identity: Identity
  /** False while the contender's other workers are still starting. */
  readonly ready: () => boolean
}

/** What a route takes and gives. Inputs are checked as they stand: nothing is coerced in a body. */
export interface EndpointSchema {
  readonly params?: TSchema
  readonly querystring?: TSchema
  readonly body?: TSchema
  /** By status; every status that the route may answer with. */
  readonly response: Readonly<Record<number, TSchema>>
}

/** One route: its schema, and the handler that returns the value to answer. */
export interface Endpoint {
  /** kebab-case, equals the file name. */
  readonly name: string
  /** One sentence, for the API's documentation. */
  readonly summary: string
  readonly method: HTTPMethods
  readonly url: string
  /** The media type where it is not JSON. */
  readonly mediaType?: string
  /** Needs a bearer token. */
  readonly secured?: true
  /** Answers an object that a cache may hand out again; it is never changed, so its text may be kept with it. */
  readonly lasting?: true
  /** How a server is run and described: ours only, no other contender answers it. */
  readonly operational?: true
  /** Query parameters that are never refused, each with what it means: for the API's documentation. */
  readonly lenientQuery?: Readonly<Record<string, string>>
  /** Of the path in `Location` of its 201: for the API's documentation. */
  readonly locationPattern?: string
  readonly schema: EndpointSchema
  /** Endpoints return values; how they are written is the slot `respond`'s business. */
  handler(services: Services): (request: FastifyRequest, reply: FastifyReply) => unknown
}

type Part<
  S extends EndpointSchema,
  K extends 'params' | 'querystring' | 'body',
> = S[K] extends TSchema ? Static<S[K]> : unknown

/** A request whose parts have passed the endpoint's schema. */
export type EndpointRequest<S extends EndpointSchema> = FastifyRequest<{
  Params: Part<S, 'params'>
  Querystring: Part<S, 'querystring'>
  Body: Part<S, 'body'>
}>

/** The value of a success, or the reply that the handler has sent itself (no body, a redirection, a problem). */
export type EndpointAnswer<S extends EndpointSchema> =
  | {
      [K in keyof S['response'] & (200 | 201)]: S['response'][K] extends TSchema
        ? Static<S['response'][K]>
        : never
    }[keyof S['response'] & (200 | 201)]
  | FastifyReply

/** Ties the handler's input and answer to the schemas. */
export const defineEndpoint = <const S extends EndpointSchema>(
  endpoint: Omit<Endpoint, 'schema' | 'handler'> & {
    readonly schema: S
    handler(
      services: Services,
    ): (
      request: EndpointRequest<S>,
      reply: FastifyReply,
    ) => EndpointAnswer<S> | Promise<EndpointAnswer<S>>
  },
): Endpoint => endpoint
