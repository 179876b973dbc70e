/** Every operation by Drizzle, as its documentation writes them: the query is built anew for each request. */
import { asc, DrizzleQueryError, eq, gt } from 'drizzle-orm'
import type { Connections, Operations, World } from '../../database.ts'
import { orConflict } from '../operations.ts'
import { drizzleOn } from './drizzle-on.ts'
import { fortune, links, orders, posts, users, world } from './tables.ts'

/** Drizzle wraps what the driver has thrown. */
const orUnwrappedConflict = (error: unknown): never =>
  orConflict(error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error)

function must<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('the database gave no row where there must be one')
  return row
}

/** Makes all operations. Series of queries have one connection, as with the quick start's. */
export function openOrm(connections: Connections): Operations {
  const db = drizzleOn(connections)

  const readWorldBy = async (builder: typeof db, id: number): Promise<World> => {
    const [row] = await builder.select().from(world).where(eq(world.id, id))
    return must(row)
  }

  return {
    readWorld: (id) => readWorldBy(db, id),
    readWorlds: (ids) =>
      connections.withSession(async (session) => {
        const builder = drizzleOn(session)
        const rows: World[] = []
        for (const id of ids) rows.push(await readWorldBy(builder, id))
        return rows
      }),
    listWorlds: async () => db.select().from(world).orderBy(asc(world.id)),
    updateWorlds: (worlds) =>
      connections.withSession(async (session) => {
        const builder = drizzleOn(session)
        for (const { id, randomNumber } of worlds)
          await builder.update(world).set({ randomNumber }).where(eq(world.id, id))
      }),
    listFortunes: async () => db.select().from(fortune),
    listPosts: async (limit) => db.select().from(posts).orderBy(asc(posts.id)).limit(limit),

    createUser: async ({ username, email, age }) => {
      const [user] = await db
        .insert(users)
        .values({ username, email, age })
        .returning()
        .catch(orUnwrappedConflict)
      return must(user)
    },
    readUser: async (id) => {
      const [user] = await db.select().from(users).where(eq(users.id, id))
      return user
    },
    updateUser: async (id, { username, email, age }) => {
      const [user] = await db
        .update(users)
        .set({ username, email, age })
        .where(eq(users.id, id))
        .returning()
        .catch(orUnwrappedConflict)
      return user
    },
    deleteUser: async (id) => {
      const deleted = await db.delete(users).where(eq(users.id, id)).returning({ id: users.id })
      return deleted.length === 1
    },
    listUsers: async (after, limit) =>
      db.select().from(users).where(gt(users.id, after)).orderBy(asc(users.id)).limit(limit),

    createLink: async (code, url) => {
      const created = await db
        .insert(links)
        .values({ code, url })
        .onConflictDoNothing()
        .returning({ code: links.code })
      return created.length === 1
    },
    readLink: async (code) => {
      const [link] = await db.select({ url: links.url }).from(links).where(eq(links.code, code))
      return link?.url
    },

    createOrder: (userId, totalCents) =>
      connections.transaction(async (session) => {
        const transaction = drizzleOn(session)
        const [user] = await transaction
          .select({ id: users.id })
          .from(users)
          .where(eq(users.id, userId))
          // Nobody removes the user before the order is kept.
          .for('key share')
        if (user === undefined) return undefined
        const [order] = await transaction
          .insert(orders)
          .values({ userId, totalCents })
          .returning({ id: orders.id, createdAt: orders.createdAt })
        return must(order)
      }),
  }
}
