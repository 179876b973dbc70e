/**
 * Loaded before a server (`node --import`): makes each of its requests dearer or slower by a stated amount. Nothing of
 * the server is changed: the load stands where Node hands a request over to whoever listens for it.
 */
import { Server } from 'node:http'
import { createSpin, createWalk, workFor } from './loads.ts'

/** As bench/selftest/planted.ts sets it: `cpu 420` ns per request, `waiting 180` (1 ms for each 180th), `nothing 0`. */
const [kind = 'nothing', amount = '0'] = (process.env['GAPWISE_PLANT'] ?? '').split(' ')

const cpuNs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

type Handle = () => boolean

/** What is done about a request before it is handled. */
const delayed = (every: number): ((handle: Handle) => boolean) => {
  let count = 0
  return (handle) => {
    if (++count % every !== 0) return handle()
    setTimeout(handle, 1)
    return true
  }
}

const dearer =
  (work: () => void) =>
  (handle: Handle): boolean => {
    work()
    return handle()
  }

const plants: Readonly<Record<string, () => (handle: Handle) => boolean>> = {
  nothing: () => dearer(() => undefined),
  cpu: () => dearer(workFor(createSpin(), Number(amount), cpuNs)),
  memory: () => dearer(workFor(createWalk(), Number(amount), cpuNs)),
  waiting: () => delayed(Number(amount)),
}

const plant = plants[kind]
if (plant === undefined) throw new Error(`GAPWISE_PLANT names "${kind}", which cannot be planted`)
const around = plant()
const { emit } = Server.prototype as {
  readonly emit: (this: Server, event: string | symbol, ...args: unknown[]) => boolean
}
Object.assign(Server.prototype, {
  emit(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    const handle: Handle = () => emit.call(this, event, ...args)
    return event === 'request' ? around(handle) : handle()
  },
})
