import t from 'tap'
import type { Contender } from '../../../bench/contender.ts'
import { runPair, type PairParts } from '../../../bench/designs/pair.ts'
import type { PairPlan } from '../../../bench/designs/plan.ts'
import type { Site } from '../../../bench/contender.ts'

const short = { name: 'short', windowMs: 20, settleMs: 0, atOnce: false }
const together = { name: 'together', windowMs: 40, settleMs: 0, atOnce: true }
const work: PairPlan = {
  block: 3,
  pair: ['a', 'b'],
  stretches: [
    { design: short, baseFirst: [false] },
    { design: together, baseFirst: [true] },
  ],
}

/** Everything that a pair is given, with a log of what was asked of it. */
function fakeParts(problems: readonly string[] = [], controller = new AbortController()) {
  const log: string[] = []
  const contender = (id: string): Contender => ({
    id,
    kind: 'profile',
    toggles: {},
    versions: {},
    endpoints: ['json'],
    fresh: true,
    unavailable: async () => undefined,
    prepare: async () => {},
    start: async () => {
      log.push(`start ${id}`)
      let cpuNs = 0
      return {
        url: new URL(`http://${id}.test/`),
        cpu: { source: 'schedstat', readNs: () => (cpuNs += 1_000_000) },
        verifyIdentity: async () => {},
        [Symbol.asyncDispose]: async () => {
          log.push(`stop ${id}`)
        },
      }
    },
  })
  const parts: PairParts = {
    contenders: ['a', 'b', 'c'].map(contender),
    openPlace: async ({ id }) => ({
      site: {} as Site,
      databaseUrl: `postgres://db/${id}`,
      counters: async () => undefined,
      [Symbol.asyncDispose]: async () => {
        log.push(`leave ${id}`)
      },
    }),
    verify: async (url) => {
      log.push(`verify ${url.hostname}`)
      return problems
    },
    engine: {
      name: 'fake',
      version: async () => '1',
      unavailable: async () => undefined,
      paces: false,
      open: async (arms) => ({
        pid: undefined,
        window: async ({ arm, durationMs }) => {
          const isWarmUp = durationMs > 40
          if (!isWarmUp) log.push(`window ${arm} ${durationMs}`)
          return {
            requests: isWarmUp ? 20_000 : 10,
            errors: { status: 0, body: 0, socket: 0, timeout: 0 },
            elapsedNs: durationMs * 1_000_000,
            generatorCpuNs: 1_000_000,
          }
        },
        [Symbol.asyncDispose]: async () => {
          log.push(`close ${arms.map(({ id }) => id).join('+')}`)
        },
      }),
    },
    databaseCpu: undefined,
    signal: controller.signal,
    seed: 1,
    workload: { name: 'json', endpoints: ['json'] },
    connections: 8,
    tell: () => {},
  }
  return { parts, log }
}

t.test(
  'a pair is started, verified, driven by every design, verified again and stopped',
  async (t) => {
    const { parts, log } = fakeParts()
    const records = await runPair(parts, work)
    t.strictSame(log, [
      'start b',
      'start a',
      'verify b.test',
      'verify a.test',
      ...['b', 'a', 'a', 'b'].map((arm) => `window ${arm} 20`),
      'window a 40',
      'window b 40',
      'close b',
      'close a',
      'verify b.test',
      'verify a.test',
      'close b+a',
      'stop a',
      'stop b',
      'leave a',
      'leave b',
    ])
    t.match(records, [
      { block: 3, base: 'a', contender: 'b', design: 'short', baseFirst: [false] },
      { block: 3, base: 'a', contender: 'b', design: 'together', baseFirst: [true] },
    ])
    t.strictSame(records?.[0]?.baseWindows.cpuUs, [1000, 1000])
  },
)

t.test('a contender that answers wrongly is not measured, and everything is stopped', async (t) => {
  const { parts, log } = fakeParts(['GET /json: expected 200, found 500'])
  await t.rejects(runPair(parts, work), { code: 'VERIFY_FAILED' })
  t.notOk(log.some((line) => line.startsWith('window')))
  t.strictSame(log.slice(-4).toSorted(), ['leave a', 'leave b', 'stop a', 'stop b'])
})

t.test('an interrupted pair leaves nothing', async (t) => {
  const controller = new AbortController()
  controller.abort()
  const { parts, log } = fakeParts([], controller)
  t.equal(await runPair(parts, work), undefined)
  t.notOk(log.some((line) => line.startsWith('window')))
})
