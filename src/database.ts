/** The database as the endpoints see it, and the layers it is built from (DESIGN 3). */
import type { FastifyInstance } from 'fastify'

/** A row of table `world` in the shape that the contract answers. */
export interface World {
  id: number
  randomNumber: number
}

/** A row of table `posts` in the shape that the contract answers. */
export interface Post {
  id: number
  title: string
  body: string
  author: string
  views: number
  createdAt: Date
}

/** Everything that endpoints ask of the database. */
export interface Operations {
  /** The row with this id (1…10000). */
  readWorld(id: number): Promise<World>
  /** One row per id, in the order of the ids. */
  readWorlds(ids: readonly number[]): Promise<World[]>
  /** The first `limit` posts by id. */
  listPosts(limit: number): Promise<Post[]>
}

/** What endpoints get. */
export interface Database extends Operations {
  /** Resolves when the database answers a query. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** Constant SQL text; values travel beside it. The name identifies it on a connection once prepared. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** Something that runs statements: a pool, or one connection. */
export interface Session {
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/** How connections are held between requests. */
export type Hold = 'pooled' | 'per-request' | 'pipelined'

/** What a driver needs to know; `max` is this process's share of the contender's total. */
export interface ConnectionSettings {
  readonly app: FastifyInstance
  readonly url: string
  readonly max: number
  readonly hold: Hold
  /** Name statements, so that the server parses and plans each once per connection. */
  readonly prepare: boolean
}

/** Open connections. */
export interface Connections extends Session {
  /** Runs `work` with the one session that suits a series of statements: a checked-out or fresh connection, or a shared one when pipelined. */
  withSession<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A client library. */
export interface Driver {
  readonly name: string
  open(settings: ConnectionSettings): Promise<Connections>
}

/** Makes one operation out of the connections; the later layers never see the driver. */
export type MakeOperation<K extends keyof Operations> = (connections: Connections) => Operations[K]

/** Wraps the finished database (caches, batching); lower `order` is nearer to the operations. */
export interface Wrapper {
  readonly order: number
  wrap(database: Database): Database
}
