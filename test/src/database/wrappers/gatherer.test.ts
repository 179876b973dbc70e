/** Batches of questions: when they are sent, what is in them, and who fails with one that fails. */
import t, { type Test } from 'tap'
import {
  Gatherer,
  type GathererSettings,
} from '../../../../src/database/wrappers/read-batching/gatherer.ts'

/** A batch that was asked and waits for its answer. */
interface Sent {
  readonly keys: readonly number[]
  /** Answers each key with ten times itself, except those left out. */
  answer(without?: readonly number[]): void
  fail(error: Error): void
}

function open(settings: Partial<GathererSettings<number, number>> = {}) {
  const sent: Sent[] = []
  const gatherer = new Gatherer<number, number>({
    maxBatch: 100,
    maxInFlight: 1,
    ask: (keys) =>
      new Promise((resolve, reject) => {
        sent.push({
          keys,
          answer: (without = []) =>
            resolve(
              new Map(keys.filter((key) => !without.includes(key)).map((key) => [key, key * 10])),
            ),
          fail: reject,
        })
      }),
    missing: (key) => new Error(`nothing for ${key}`),
    isOfOne: () => true,
    ...settings,
  })
  return { gatherer, sent, batches: () => sent.map(({ keys }) => keys) }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

t.test('the first question goes at once, others wait while it is under way', async (t) => {
  const { gatherer, sent, batches } = open()
  const first = gatherer.ask([1])
  const others = [gatherer.ask([2]), gatherer.ask([3]), gatherer.ask([2])]
  t.strictSame(batches(), [[1]], 'nothing is held back when nothing is under way')
  sent[0]?.answer()
  t.strictSame(await first, [10])
  await settled()
  t.strictSame(batches(), [[1], [2, 3]], 'a key is asked once in a batch')
  sent[1]?.answer()
  t.strictSame(await Promise.all(others), [[20], [30], [20]])
})

t.test('values come in the order of the keys, with repetitions', async (t) => {
  const { gatherer, sent } = open()
  const asked = gatherer.ask([9, 3, 9, 1])
  sent[0]?.answer()
  t.strictSame(await asked, [90, 30, 90, 10])
})

t.test('no keys give no values, and nothing is asked', async (t) => {
  const { gatherer, batches } = open()
  t.strictSame(await gatherer.ask([]), [])
  t.strictSame(batches(), [])
})

t.test('a question never joins a batch that was sent before it', async (t) => {
  const { gatherer, sent, batches } = open()
  const before = gatherer.ask([7])
  const after = gatherer.ask([7])
  sent[0]?.answer()
  await before
  await settled()
  t.strictSame(batches(), [[7], [7]], 'the key is asked again')
  sent[1]?.answer()
  await after
})

t.test('a batch is bounded, and a question with more keys is split', async (t) => {
  const { gatherer, sent, batches } = open({ maxBatch: 3 })
  const asked = [gatherer.ask([1]), gatherer.ask([2, 3]), gatherer.ask([4, 5]), gatherer.ask([6])]
  const long = gatherer.ask([1, 2, 3, 4, 5, 6, 7])
  for (let each = 0; each < 6; each++) {
    sent[each]?.answer()
    await settled()
  }
  t.strictSame(batches(), [[1], [2, 3], [4, 5, 6], [1, 2, 3], [4, 5, 6], [7]])
  t.strictSame(await Promise.all(asked), [[10], [20, 30], [40, 50], [60]])
  t.strictSame(await long, [10, 20, 30, 40, 50, 60, 70])
})

t.test('as many batches are under way as may be', async (t) => {
  const { gatherer, sent, batches } = open({ maxInFlight: 2 })
  const asked = [1, 2, 3, 4].map((key) => gatherer.ask([key]))
  t.strictSame(batches(), [[1], [2]])
  sent[1]?.answer()
  await settled()
  t.strictSame(batches(), [[1], [2], [3, 4]], 'an answer makes room, whichever it is')
  sent[0]?.answer()
  sent[2]?.answer()
  t.strictSame(await Promise.all(asked), [[10], [20], [30], [40]])
})

t.test('a key without a value fails its own question only', async (t) => {
  const { gatherer, sent } = open()
  const first = gatherer.ask([0])
  const bad = gatherer.ask([1, 2])
  const good = gatherer.ask([3])
  sent[0]?.answer()
  await first
  await settled()
  const refused = t.rejects(bad, { message: 'nothing for 2' })
  sent[1]?.answer([2])
  await refused
  t.strictSame(await good, [30])
})

const failing = (
  bad: number,
): Partial<GathererSettings<number, number>> & { asked: number[][] } => {
  const asked: number[][] = []
  return {
    asked,
    ask: async (keys) => {
      asked.push([...keys])
      await settled()
      if (keys.includes(bad)) throw new Error(`cannot read ${bad}`)
      return new Map(keys.map((key) => [key, key * 10]))
    },
  }
}

/** Asks one key at a time after an opening question that holds them up together. */
async function outcomes(
  t: Test,
  settings: Partial<GathererSettings<number, number>>,
  keys: readonly number[],
): Promise<unknown[]> {
  const { gatherer } = open(settings)
  const opening = gatherer.ask([0])
  const asked = keys.map((key) =>
    gatherer.ask([key]).catch((error: unknown) => (error as Error).message),
  )
  await t.resolves(opening)
  return Promise.all(asked)
}

t.test('a question that breaks its batch fails alone', async (t) => {
  for (const count of [1, 2, 3, 7, 20])
    for (let bad = 1; bad <= count; bad++) {
      const keys = Array.from({ length: count }, (_, index) => index + 1)
      t.strictSame(
        await outcomes(t, failing(bad), keys),
        keys.map((key) => (key === bad ? `cannot read ${bad}` : [key * 10])),
        `${bad} of ${count}`,
      )
    }
})

t.test('a failure of the whole fails all questions of the batch at once', async (t) => {
  const settings = failing(2)
  const found = await outcomes(t, { ...settings, isOfOne: () => false }, [1, 2, 3])
  t.strictSame(found, ['cannot read 2', 'cannot read 2', 'cannot read 2'])
  t.strictSame(settings.asked, [[0], [1, 2, 3]], 'and it is not asked again')
})

t.test('after a failure it goes on', async (t) => {
  const { gatherer } = open({ ...failing(5), isOfOne: () => false })
  await t.rejects(gatherer.ask([5]), { message: 'cannot read 5' })
  t.strictSame(await gatherer.ask([6]), [60])
})
