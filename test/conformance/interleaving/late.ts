/** A way to the database that is late by chance, on each connection for itself: whoever asks first may hear last. */
import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Picker } from '../../../bench/data/picker.ts'

/** How late a piece is at most. */
const mostMs = 12
/** Only one piece of so many is late: the others overtake it. */
const lateOneOf = 3

export interface LateWay extends AsyncDisposable {
  readonly databaseUrl: string
}

/** Opens the way to a database by TCP; both directions are late, each by itself. */
export async function openLateWay(databaseUrl: string, random: Picker): Promise<LateWay> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()

  /** Passes on what one side says, in its order, until it ends or is lost; then the other side ends. */
  const pass = async (from: Socket, to: Socket): Promise<void> => {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        if (random.below(lateOneOf) === 0) await sleep(1 + random.below(mostMs))
        to.write(chunk)
      }
    } catch {
      // Lost connections are what this is for.
    }
    to.end()
  }

  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: Number(target.port), host: target.hostname, noDelay: true })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => undefined)
    }
    void pass(near, far)
    void pass(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(databaseUrl)
  through.port = String((server.address() as AddressInfo).port)
  return {
    databaseUrl: through.href,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
