/**
 * Adds runs whose truth is known to the ledger: `npm run test:long -- --minutes 60 [--only same-json,planted-db]`.
 * It measures, so nothing else should run on the machine meanwhile. `--keep FOLDER` leaves the result files there,
 * one folder for each sitting.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { Io } from '../../bench/io.ts'
import { appendEntry, entryOf, type LedgerEntry, readLedger } from '../../bench/ledger.ts'
import { needName, type Need, needs, nextNeed } from '../../bench/ledger/next.ts'
import { measure, type Measured } from '../../bench/measure.ts'
import { benchDefaults } from '../../bench/plan.ts'
import { decidingOf } from '../../bench/result/deciding.ts'
import { writePlanted } from '../../bench/selftest/planted.ts'

/** Two contenders on one workload; the page on measuring says that a minute is enough for them. */
const usualBudget = '60s'

interface Session {
  readonly folder: string
  readonly io: Io
  readonly budget: string
  /** Whether results stay, for who wants to look at windows afterwards. */
  readonly keeps: boolean
  /** CPU time per request of the server without a load, by workload, once it has been measured. */
  readonly costNs: Map<string, number>
}

async function run(words: readonly string[], workload: string, session: Session, count: number) {
  const out = join(session.folder, `${count}.json`)
  const options = { workload, budget: session.budget, quick: false, engine: 'built-in', out }
  return measure(words, options, 'test:long', session.io)
}

const costOf = ({ result }: Measured, workload: string): number | undefined => {
  const own = result.summaries.filter(({ contender }) => contender === result.contenders[0]?.id)
  return decidingOf(result.design, workload, own, undefined)?.value
}

/** The words that stand for a need; a share is planted of the cost that the last run of the workload found. */
async function wordsFor({ kind, planted, workload }: Need, session: Session): Promise<string[]> {
  if (kind === 'same') return ['baseline', 'baseline']
  const cpu = Math.round((session.costNs.get(workload) ?? 0) * planted)
  const folder = join(session.folder, 'planted')
  const word = await writePlanted(folder, { nothing: 0, cpu, memory: 0, waiting: 1 })
  return [word('nothing'), word(planted === 0 ? 'nothing' : 'cpu')]
}

function describe({ ratio, low, high, verdict, disturbed }: LedgerEntry): string {
  const shown = [ratio, low, high].map((value) => value.toFixed(4))
  return `${shown[0]} (${shown[1]} to ${shown[2]}) ${verdict}${disturbed ? ', disturbed' : ''}`
}

async function addRuns(session: Session, endMs: number, wanted: readonly Need[]): Promise<void> {
  const all = await readLedger()
  const entries = all.filter(({ windowMs }) => windowMs === benchDefaults.windowMs)
  for (let count = 0; performance.now() < endMs && !session.io.signal.aborted; count++) {
    const need = nextNeed(entries, wanted)
    if (need === undefined) return
    const isBlind = need.planted > 0 && !session.costNs.has(need.workload)
    const chosen = isBlind ? { ...need, planted: 0 } : need
    const measured = await run(await wordsFor(chosen, session), chosen.workload, session, count)
    if (measured === undefined || session.io.signal.aborted) return
    const cost = costOf(measured, chosen.workload)
    if (cost !== undefined && chosen.kind === 'planted' && chosen.planted === 0)
      session.costNs.set(chosen.workload, cost)
    const entry = entryOf(measured.result, chosen)
    if (!session.keeps) await rm(measured.path, { force: true })
    if (entry === undefined) {
      session.io.out(`${needName(chosen)}: no interval came of it\n`)
      continue
    }
    await appendEntry(entry)
    entries.push(entry)
    session.io.out(`${needName(chosen)}: ${describe(entry)}\n`)
  }
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    only: { type: 'string' },
    budget: { type: 'string', default: usualBudget },
    keep: { type: 'string' },
  },
})
const only = values.only?.split(',')
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal))
const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'gapwise-ledger-')))
await mkdir(folder, { recursive: true })
try {
  await addRuns(
    {
      folder,
      budget: values.budget,
      keeps: values.keep !== undefined,
      costNs: new Map(),
      io: {
        out: (text) => process.stdout.write(text),
        err: () => {},
        colour: false,
        interactive: false,
        columns: 100,
        signal: stop.signal,
      },
    },
    performance.now() + Number(values.minutes) * 60_000,
    needs.filter((need) => only === undefined || only.includes(needName(need))),
  )
  process.stdout.write('The page on measuring has the counts after: npm run generate\n')
} finally {
  if (values.keep === undefined) await rm(folder, { recursive: true, force: true })
}
