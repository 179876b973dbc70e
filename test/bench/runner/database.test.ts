/** When the databases of a trial are asked for their state. */
import t from 'tap'
import type { DatabaseWatch } from '../../../bench/database-state.ts'
import { run } from '../../../bench/runner.ts'
import type { BlockRecord } from '../../../bench/runner/parts.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

t.test(
  'databases are asked before servers start, around each cell and after the end',
  async (t) => {
    const { parts, log } = fakeRun({ plan: { contenders: ['a'], connections: [8] } })
    const blocks: BlockRecord[] = []
    let requested = 0
    const databaseWatch: DatabaseWatch = {
      expected: { settings: {}, rows: {} },
      before: async (url) => {
        log.push(`state ${url}`)
        return { settings: { autovacuum: 'off' }, rows: {}, strangers: 0 }
      },
      after: async (url) => {
        log.push(`trouble ${url}`)
        return { deadlocks: 1, temporaryFiles: 0 }
      },
      checkpoints: async () => {
        log.push('checkpoints')
        return { timed: 0, requested: requested++ }
      },
    }
    await run({
      ...parts,
      databaseWatch,
      databaseCpu: { source: 'schedstat', readNs: () => 0 },
      machineClock: {
        time: () => ({ totalNs: performance.now() * 1e6, busyNs: 0, stealNs: 0 }),
        benchNs: () => 0,
      },
      record: async (block) => {
        blocks.push(block)
        return parts.record(block)
      },
    })
    const kinds = log.map((line) => line.split(' ')[0])
    const from = kinds.indexOf('state')
    const trial = kinds.slice(from - 1, kinds.indexOf('close-place', from))
    t.same(
      trial.filter((kind, index) => kind !== trial[index - 1]),
      [
        'open-place',
        'state',
        'start',
        'identity',
        'verify',
        'open',
        'checkpoints',
        'warm-up',
      ].concat('window', 'checkpoints', 'identity', 'verify', 'close', 'stop', 'count', 'trouble'),
    )
    t.equal(
      kinds.filter((kind) => kind === 'state').length,
      2,
      'once a block: json asks no database',
    )
    for (const [index, { quiet, databaseFaults }] of blocks.entries()) {
      const written = new Map(quiet.map(({ workload, checkpoints }) => [workload, checkpoints]))
      t.same(written.get('db'), { timed: 0, requested: 1 })
      t.equal(written.get('json'), undefined)
      const where = { block: index, workload: 'db' }
      t.match(databaseFaults, [
        { ...where, contender: 'a', faults: [] },
        { ...where, faults: [{ what: /^a checkpoint ran .* 1 requested/ }] },
        { ...where, contender: 'a', faults: [{ what: '1 deadlock' }] },
      ])
    }
  },
)
