/** The runs of the pages can be made: their commands parse, their contenders exist, their time suffices. */
import t from 'tap'
import { parseContenders } from '../../../bench/contenders/parse.ts'
import { parseDuration } from '../../../bench/duration.ts'
import type { PageRun } from '../../../bench/page-runs.ts'
import { pageRuns, type PageRunName } from '../../../bench/page-runs/all.ts'
import { commandOf, pointsOfRun } from '../../../bench/page-runs/command.ts'
import { runFacts } from '../../../bench/page-runs/facts.ts'
import { readPageRuns, type RunFiles } from '../../../bench/page-runs/read.ts'
import { loadPeer, peerNames } from '../../../bench/peer.ts'
import { firmBlocks } from '../../../bench/plan.ts'
import { createPlan } from '../../../bench/plan/create-plan.ts'
import { workloadNames } from '../../../bench/workloads/by-name.ts'

const runs: [string, PageRun][] = Object.entries(pageRuns)

const longestMs = parseDuration('30m', 'the longest run')

t.test('a run has enough blocks for firm verdicts in its time', async (t) => {
  for (const [name, run] of runs) {
    const { contenders, workloads, connections = [], ratePerSecond, blocks, footprint } = run
    const budgetMs = parseDuration(run.budget, name)
    t.ok(budgetMs <= longestMs, `${name}: half an hour at most`)
    const plan = createPlan({
      contenders,
      workloads: workloads.map((each) => ({ name: each })),
      connections,
      rates: ratePerSecond === undefined ? [] : [ratePerSecond],
      seed: 1,
      budgetMs,
      blocks,
      footprint: footprint ?? false,
    })
    t.ok(plan.blocks.length >= firmBlocks, `${name}: blocks`)
    t.notOk(plan.indicative, name)
    t.ok(plan.rounds >= 3 || plan.paces.length > 0, `${name}: ${plan.rounds} rounds`)
    const { connections: inFlight } = plan.cells[0]!
    t.equal(pointsOfRun(run)[0]?.connections, inFlight, `${name}: the plan's own point`)
  }
})

t.test('contenders and workloads of the runs exist', async (t) => {
  const words = [...new Set(runs.flatMap(([, { contenders }]) => contenders))]
  for (const word of words) {
    const [, peer = '', level = ''] = /^([a-z-]+):([a-z-]+)$/.exec(word) ?? []
    if (level === '') {
      t.equal((await parseContenders([word]))[0]?.id, word)
      continue
    }
    // Levels come one after the other: a peer that has more than its quick start has all.
    if (!peerNames().includes(peer)) continue
    const { levels } = (await loadPeer(peer)).manifest
    if (Object.keys(levels).length > 1) t.ok(Object.hasOwn(levels, level), word)
  }
  for (const [name, { workloads }] of runs)
    for (const workload of workloads)
      t.ok(workloadNames().includes(workload), `${name} ${workload}`)
})

t.test('the command of a run, as it is typed', async (t) => {
  t.equal(
    commandOf(pageRuns['parallel-workers']),
    `npm run bench -- baseline baseline+workers 'baseline+workers={"count":"twice-cores-plus-one"}' ` +
      'fastapi:default fastapi:workers fastapi:gunicorn --workload db --blocks 8 --budget 5m --seed 1',
  )
  t.match(
    commandOf(pageRuns['claims-checkout']),
    '--workload checkout --rate 50 --upstream-latency 50ms --cores 1',
  )
  t.match(commandOf(pageRuns['claims-links']), '--connections 10,50,100 --cores 1')
  t.match(commandOf(pageRuns['claims-footprint']), '--cores 1 --footprint')
})

const noFiles = Object.fromEntries(runs.map(([name]) => [name, undefined])) as Record<
  PageRunName,
  undefined
>

t.test('only the files that there are are read', async (t) => {
  t.same(await readPageRuns(noFiles), {})
  const files: RunFiles = { ...noFiles, 'hot-key': '2026-11-27-hot-key.json' }
  const measured = await readPageRuns(files)
  t.same(Object.keys(measured), ['hot-key'])
  t.match(measured['hot-key'], {
    path: 'bench/results/published/2026-11-27-hot-key.json',
    result: { state: 'complete' },
  })
  await t.rejects(
    readPageRuns({ ...noFiles, 'hot-key': 'none.json' }),
    { code: 'RESULT_UNREADABLE' },
    'a file that is named has to be there',
  )
  const [facts, ...others] = runFacts(
    [
      { kind: 'pending', reason: 'x' },
      {
        kind: 'cost',
        run: 'hot-key',
        workload: 'hot-key',
        metric: 'cost',
        contender: 'baseline',
      },
    ],
    measured,
  )
  t.match(facts, { name: 'hot-key', published: measured['hot-key']! })
  t.same(others, [], 'runs that nobody asks are not told')
})
