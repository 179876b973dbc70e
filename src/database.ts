/** The database as the endpoints see it, and the layers it is built from (DESIGN 3). */
import type { FastifyInstance } from 'fastify'

/** A row of table `world` in the shape that the contract answers. */
export interface World {
  id: number
  randomNumber: number
}

/** A row of table `fortune`. */
export interface Fortune {
  id: number
  message: string
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

/** What a client may say of a user. */
export interface UserFields {
  username: string
  email: string
  age: number
}

/** A row of table `users` in the shape that the contract answers. */
export interface User extends UserFields {
  id: number
  createdAt: Date
}

/** What a checkout leaves in table `orders`. */
export interface Order {
  id: number
  createdAt: Date
}

/** A value that must be unique is taken: the request becomes 409. */
export class ConflictError extends Error {}

/** Everything that endpoints ask of the database. */
export interface Operations {
  /** The row with this id (1…10000). */
  readWorld(id: number): Promise<World>
  /** One row per id, in the order of the ids. */
  readWorlds(ids: readonly number[]): Promise<World[]>
  /** Every row, by id. */
  listWorlds(): Promise<World[]>
  /** Writes each row's number; the ids are all different and ascend. Resolves when the database has them. */
  updateWorlds(worlds: readonly World[]): Promise<void>
  /** Every row, in no order. */
  listFortunes(): Promise<Fortune[]>
  /** The first `limit` posts by id. */
  listPosts(limit: number): Promise<Post[]>
  /** @throws ConflictError when username or email is taken */
  createUser(fields: UserFields): Promise<User>
  readUser(id: number): Promise<User | undefined>
  /** @throws ConflictError when username or email is another user's */
  updateUser(id: number, fields: UserFields): Promise<User | undefined>
  /** @returns whether there was such a user */
  deleteUser(id: number): Promise<boolean>
  /** The first `limit` users whose id is greater than `after`, by id. */
  listUsers(after: number, limit: number): Promise<User[]>
  /** @returns false when the code is taken */
  createLink(code: string, url: string): Promise<boolean>
  /** The URL behind a code. */
  readLink(code: string): Promise<string | undefined>
  /**
   * One transaction: looks the user up and writes the order.
   * @returns undefined when there is no such user
   */
  createOrder(userId: number, totalCents: number): Promise<Order | undefined>
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
  /** The keys of its rows, in the order of the columns; needed to read them by position. */
  readonly columns?: readonly string[]
  /** Its rows arrive as arrays of values instead of objects. */
  readonly rowMode?: 'array'
}

/** Something that runs statements: a pool, or one connection. */
export interface Session {
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/** How connections are held between requests. */
export type Hold = 'pooled' | 'per-request' | 'pipelined' | 'blocking'

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
  /** Runs `work` in a transaction on a connection that serves nobody else meanwhile; an error undoes all of it. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A client library. */
export interface Driver {
  readonly name: string
  open(settings: ConnectionSettings): Promise<Connections>
}

/** Makes one operation out of the connections, at boot; the later layers never see the driver. */
export type MakeOperation<K extends keyof Operations> = (
  connections: Connections,
) => Operations[K] | Promise<Operations[K]>

/** Makes other connections out of the driver's: how rows are read, say. */
export type ReadRows = (connections: Connections) => Connections

/** Wraps the finished database (caches, batching); lower `order` is nearer to the operations. */
export interface Wrapper {
  readonly order: number
  /** @param connections for statements that no operation has */
  wrap(database: Database, connections: Connections): Database
}
