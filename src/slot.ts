/** The slots where toggles act, and how each composes: one owner, merged keys, or an ordered chain. */
import type { FastifyInstance, FastifyServerOptions, RouteOptions } from 'fastify'
import type { ServerOptions as HttpServerOptions } from 'node:http'
import type { MakeAuthenticate } from './auth.ts'
import type { MakeCache } from './cache.ts'
import type { Compute } from './compute.ts'
import type { Driver, Hold, ReadRows, Wrapper } from './database.ts'
import type { OperationMakers } from './database/operations.ts'
import type { Endpoint } from './endpoint.ts'
import type { Templates } from './templates.ts'
import type { MakeUpstream } from './upstream.ts'

/** Processes and flags of the contender, decided before the first line of the server runs. */
export interface Launch {
  /** Processes that serve; 1 means no cluster. */
  readonly workers: number
  /** Flags of Node that every serving process runs with. */
  readonly nodeFlags: readonly string[]
}

/** Options of Fastify and of the http server under it. */
export interface Server {
  readonly fastify: Omit<FastifyServerOptions, 'logger' | 'http' | 'serverFactory'>
  readonly http: HttpServerOptions
}

/** Turns the value of one answer into text. */
export type Serialize = (value: unknown) => string

/**
 * Decides at boot how a route's answers of one status are serialized.
 * @returns undefined to leave it to Fastify, which then uses JSON.stringify
 */
export type MakeSerialize = (endpoint: Endpoint, status: number) => Serialize | undefined

/**
 * Decides at boot how a route's text reaches the wire.
 * @param serializeOf the route's serializer for each status of success
 */
export type Writer = (
  route: RouteOptions,
  endpoint: Endpoint,
  serializeOf: (status: number) => Serialize | undefined,
) => RouteOptions

/**
 * Decides at boot whether a route's texts are kept to be sent again.
 * @param serialize what the slot's serializer makes of the route; undefined stands for JSON.stringify
 */
export type Remember = (
  serialize: Serialize | undefined,
  endpoint: Endpoint,
) => Serialize | undefined

/** How a value that an endpoint returns becomes bytes. */
export interface Respond {
  readonly serializer: MakeSerialize
  readonly remember: Remember
  readonly writer: Writer
}

/** How the app is changed after it exists and before routes are added; lower `order` acts first. */
export interface Decoration {
  readonly order: number
  readonly decorate: (app: FastifyInstance) => void
}

/** What each slot holds once composed. */
export interface Slots {
  launch: Launch
  listen: { readonly backlog?: number }
  server: Server
  respond: Respond
  logging: NonNullable<FastifyServerOptions['logger']>
  auth: () => Promise<MakeAuthenticate>
  templates: () => Promise<Templates>
  cache: () => Promise<MakeCache>
  upstream: () => Promise<MakeUpstream>
  /** @param workers processes that share what the contender has */
  compute: (workers: number) => Promise<Compute>
  app: Decoration
  /** @param socketFolder of PostgreSQL's unix socket, where the server was told of one */
  address: (databaseUrl: string, socketFolder: string | undefined) => string
  driver: () => Promise<Driver>
  connections: { readonly max: number; readonly hold: Hold }
  statements: { readonly prepare: boolean; readonly rows: ReadRows }
  operations: OperationMakers
  wrappers: Wrapper
}

/**
 * How several toggles share a slot: `exclusive` has one owner, `merge` takes keys that may not collide,
 * `wrap` chains all in their declared order.
 */
export const slotRules = {
  launch: 'merge',
  listen: 'merge',
  server: 'merge',
  respond: 'merge',
  logging: 'exclusive',
  auth: 'exclusive',
  templates: 'exclusive',
  cache: 'exclusive',
  upstream: 'exclusive',
  compute: 'exclusive',
  app: 'wrap',
  address: 'exclusive',
  driver: 'exclusive',
  connections: 'merge',
  statements: 'merge',
  operations: 'merge',
  wrappers: 'wrap',
} as const satisfies Record<keyof Slots, 'exclusive' | 'merge' | 'wrap'>

export type SlotName = keyof Slots
type Rule<S extends SlotName> = (typeof slotRules)[S]

type DeepPartial<T> = {
  readonly [K in keyof T]?: T[K] extends (...args: never[]) => unknown ? T[K] : Partial<T[K]>
}

/** What one toggle puts into slots. */
export type Fillings = {
  readonly [S in SlotName]?: Rule<S> extends 'merge' ? DeepPartial<Slots[S]> : Slots[S]
}

/** Every slot filled: what the server is built from. */
export type Composition = {
  readonly [S in SlotName]: Rule<S> extends 'wrap' ? readonly Slots[S][] : Slots[S]
}
