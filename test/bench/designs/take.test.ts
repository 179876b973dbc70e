import t from 'tap'
import { takeStretch, type PairDriver } from '../../../bench/designs/take.ts'
import type { Load, WindowReading } from '../../../bench/engine.ts'

interface World {
  readonly log: string[]
  readonly driver: PairDriver
}

const noErrors = { status: 0, body: 0, socket: 0, timeout: 0 }

/** Arms whose CPU meters go up by 3 ms for a and 5 ms for b in each window that they are driven in. */
function fakePair(
  errors: Partial<WindowReading['errors']> = {},
  controller = new AbortController(),
): World {
  const log: string[] = []
  const spentNs = new Map([
    ['a', 0],
    ['b', 0],
  ])
  const load = (name: string): Load => ({
    pid: undefined,
    window: async ({ arm, durationMs }) => {
      log.push(`${name}: ${arm} ${durationMs} begins`)
      spentNs.set(arm, (spentNs.get(arm) ?? 0) + (arm === 'a' ? 3_000_000 : 5_000_000))
      await Promise.resolve()
      log.push(`${name}: ${arm} ${durationMs} ends`)
      return {
        requests: 10,
        errors: { ...noErrors, ...errors },
        ...(Object.keys(errors).length === 0 ? {} : { firstError: 'expected 200, found 500' }),
        elapsedNs: durationMs * 1_000_000,
        generatorCpuNs: 1_000_000,
      }
    },
    [Symbol.asyncDispose]: async () => {
      log.push(`${name} closed`)
    },
  })
  return {
    log,
    driver: {
      pair: ['a', 'b'],
      load: load('both'),
      openAlone: async (arm) => load(`only ${arm}`),
      order: { workload: 'json', connections: 8, minRequests: 32 },
      cpuNs: (arm) => spentNs.get(arm) ?? 0,
      databaseCpuNs: undefined,
      signal: controller.signal,
    },
  }
}

const alternating = { name: 'short', windowMs: 20, settleMs: 0, atOnce: false }

t.test('arms alternate, and each round is mirrored', async (t) => {
  const { driver, log } = fakePair()
  const taken = await takeStretch(driver, { design: alternating, baseFirst: [true, false] })
  const begun = log.filter((line) => line.endsWith('begins')).map((line) => line.split(' ')[1])
  t.strictSame(begun, ['a', 'b', 'b', 'a', 'b', 'a', 'a', 'b'])
  t.strictSame(taken?.base.cpuUs, [3000, 3000, 3000, 3000])
  t.strictSame(taken?.contender.cpuUs, [5000, 5000, 5000, 5000])
  t.strictSame(taken?.base.elapsedUs, [20_000, 20_000, 20_000, 20_000])
  t.strictSame(taken?.base.requests, [10, 10, 10, 10])
})

t.test('what is settled is not counted', async (t) => {
  const { driver, log } = fakePair()
  const design = { ...alternating, settleMs: 5 }
  const taken = await takeStretch(driver, { design, baseFirst: [true] })
  t.strictSame(
    log.filter((line) => line.endsWith('begins')),
    ['a 5', 'a 20', 'b 5', 'b 20', 'b 5', 'b 20', 'a 5', 'a 20'].map(
      (part) => `both: ${part} begins`,
    ),
  )
  t.strictSame(taken?.base.cpuUs, [3000, 3000], 'without the CPU time of settling')
})

t.test('a duet drives both arms at the same time, each by a generator of its own', async (t) => {
  const { driver, log } = fakePair()
  const design = { ...alternating, atOnce: true }
  const taken = await takeStretch(driver, { design, baseFirst: [true, true] })
  t.strictSame(log.slice(0, 4), [
    'only a: a 20 begins',
    'only b: b 20 begins',
    'only a: a 20 ends',
    'only b: b 20 ends',
  ])
  t.strictSame(log.slice(-2), ['only b closed', 'only a closed'])
  t.strictSame(taken?.contender.cpuUs, [5000, 5000])
})

t.test('the database counts where it is asked', async (t) => {
  const { driver } = fakePair()
  let databaseNs = 0
  const taken = await takeStretch(
    { ...driver, databaseCpuNs: () => (databaseNs += 7_000_000) },
    { design: alternating, baseFirst: [true] },
  )
  t.strictSame(taken?.base.databaseCpuUs, [7000, 7000])
})

t.test('wrong answers end it, with the first of them', async (t) => {
  const { driver } = fakePair({ status: 2, body: 1 })
  await t.rejects(takeStretch(driver, { design: alternating, baseFirst: [true] }), {
    failure: 'contender',
    code: 'CELL_ERRORS',
    message: /a gave 3 wrong answers in one window \(the first: expected 200, found 500\)/,
  })
})

t.test('when it is interrupted there is nothing', async (t) => {
  const controller = new AbortController()
  controller.abort()
  for (const atOnce of [true, false]) {
    const { driver, log } = fakePair({}, controller)
    t.equal(
      await takeStretch(driver, { design: { ...alternating, atOnce }, baseFirst: [true] }),
      undefined,
    )
    t.notOk(log.some((line) => line.includes('begins')))
  }
})
