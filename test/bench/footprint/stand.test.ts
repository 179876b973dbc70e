/** The stands of a contender: which process has the observer, what is driven when, and what is not known. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Contender, Running, Site } from '../../../bench/contender.ts'
import { measureStand, type StandParts, standRules } from '../../../bench/footprint.ts'
import { socketVariable, type Told } from '../../../bench/footprint/told.ts'
import { GapwiseError } from '../../../src/errors.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

/** A contender whose process answers the observer's questions, and what happened in order. */
const world = (t: Test, changes: Partial<Contender> = {}, { errors = 0, answers = true } = {}) => {
  const { parts, log } = fakeRun()
  const dir = mkdtempSync(join(tmpdir(), 'gapwise-test-'))
  t.teardown(() => rmSync(dir, { recursive: true }))
  const [base] = parts.contenders
  const start = async (site: Site): Promise<Running> => {
    const environment = site.preload?.('--own')
    log.push(environment === undefined ? 'start plain' : `start ${environment['NODE_OPTIONS']}`)
    const path = environment?.[socketVariable]
    const socket = path === undefined || !answers ? undefined : connect(path)
    if (socket !== undefined) {
      await once(socket, 'connect')
      // The other end hears of it a turn later; real servers take far longer to be ready.
      await sleep(100)
    }
    let collections = 10
    if (socket !== undefined)
      createInterface({ input: socket }).on('line', (line) => {
        log.push(line)
        collections += 5
        const told: Told = { pid: 1, collections, collectingNs: 2 * collections, heapBytes: 4_000 }
        socket.write(`${JSON.stringify(told)}\n`)
      })
    return {
      url: new URL('http://127.0.0.1:1/'),
      cpu: undefined,
      verifyIdentity: async () => {},
      [Symbol.asyncDispose]: async () => {
        socket?.destroy()
        log.push('stop')
      },
    }
  }
  const { engine } = parts
  const stand: StandParts = {
    seed: 1,
    dir,
    openPlace: (contender) => parts.openPlace(contender),
    engine: {
      ...engine,
      open: async (...order) => {
        const load = await engine.open(...order)
        return {
          ...load,
          window: async ({ durationMs, ...window }) => {
            const reading = await load.window({ durationMs, ...window })
            log.push(`drive ${durationMs}`)
            return { ...reading, errors: { ...reading.errors, status: errors } }
          },
        }
      },
    },
  }
  const contender: Contender = { ...base!, versions: { node: 'v26' }, start, ...changes }
  return { log, take: () => measureStand(stand, { block: 2, contender, workload: 'json' }) }
}

t.test('collections are counted in the second stretch, then made', async (t) => {
  const { log, take } = world(t)
  const taken = await take()
  t.match(taken, {
    block: 2,
    workload: 'json',
    contender: 'a',
    garbage: { requests: 100, collections: 5, collectingNs: 10, heapBytes: 4_000 },
  })
  t.notOk('memoryBytes' in taken.garbage!, 'what cannot be read is left out')
  const told = log.filter((line) => /^(start|stop|drive|count|collect$)/.test(line))
  t.match(told, [
    /^start --own --import=.*preload\.ts$/,
    `drive ${standRules.warmUpMs}`,
    'count',
    `drive ${standRules.countedMs}`,
    'count',
    'collect',
    'stop',
    'start plain',
    'stop',
  ])
  t.match(taken.unknown, { idle: /did not answer \/json/ }, 'the second process is another one')
  const places = log.filter((line) => line.startsWith('open-place')).length
  t.equal(places, 2)
  t.equal(log.filter((line) => line.startsWith('close-place')).length, places)
})

t.test('what does not run on Node is not asked for its heap', async (t) => {
  const { log, take } = world(t, { versions: { go: '1.26' } })
  const taken = await take()
  t.match(taken.unknown, { garbage: /does not run on Node/ })
  t.notOk(taken.garbage)
  t.same(
    log.filter((line) => line.startsWith('start')),
    ['start plain'],
  )
})

t.test('a server that was started elsewhere is left alone', async (t) => {
  const { log, take } = world(t, { kind: 'url', fresh: false })
  t.same((await take()).unknown, {
    garbage: 'it was started before the bench',
    idle: 'it was started before the bench',
  })
  t.same(log, [])
})

t.test('failed answers, silent processes and a start that fails leave no figure', async (t) => {
  const wrong = await world(t, {}, { errors: 3 }).take()
  t.match(wrong.unknown, { garbage: '3 answers failed' })
  const silent = await world(t, {}, { answers: false }).take()
  t.match(silent.unknown, { garbage: /did not answer the observer/ })
  const start = async ({ preload }: Site): Promise<Running> => {
    const [code, failure] =
      preload === undefined ? (['OTHER', 'internal'] as const) : (['START', 'contender'] as const)
    throw new GapwiseError(failure, code, 'it did not start')
  }
  await t.rejects(world(t, { start }).take(), { code: 'OTHER' }, 'only with the observer')
})
