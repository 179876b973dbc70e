import t from 'tap'
import {
  parseMachineTime,
  parsePressureTotal,
  type MachineTime,
} from '../../../bench/machine-time.ts'
import { run } from '../../../bench/runner.ts'
import type { BlockRecord } from '../../../bench/runner/parts.ts'
import { watchQuiet } from '../../../bench/runner/quiet.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

t.test('busy is what processes used, interrupts and idle time left out', async (t) => {
  t.same(parseMachineTime('cpu  10 2 3 100 5 1 1 8 99 99\ncpu0 1 1 1 1 1 1 1 1 0 0\n'), {
    totalNs: 130e7,
    busyNs: 15e7,
    stealNs: 8e7,
  })
  t.equal(parseMachineTime('intr 1 2 3\n'), undefined)
  t.equal(parseMachineTime('cpu  10 2 3\n'), undefined)
})

const times = (...all: readonly (MachineTime | undefined)[]) => {
  const left = [...all]
  return { time: () => left.shift(), benchNs: () => 0 }
}
const steps = (...values: readonly number[]) => {
  const left = [...values]
  return { source: 'schedstat' as const, readNs: () => left.shift() ?? 0 }
}
const at = (totalNs: number, busyNs: number, stealNs: number): MachineTime => ({
  totalNs,
  busyNs,
  stealNs,
})

t.test('others are what is busy and belongs to no part of the run', async (t) => {
  let benchNs = 5
  const end = watchQuiet(
    {
      machineClock: {
        ...times(at(1_000, 100, 10), at(3_000, 900, 60)),
        benchNs: () => (benchNs += 5),
      },
      databaseCpu: steps(0, 200),
      upstreamCpu: steps(1_000, 1_020),
    },
    [steps(50, 150), steps(0, 30)],
  )
  // 800 busy less 200 (database), 20 (stub), 100 and 30 (contenders), 5 (bench), 245 (generator).
  t.same(end(245), { machineNs: 2_000, stealNs: 50, othersNs: 200 })
})

t.test('pressure is the time in which a task waited, where the kernel tells', async (t) => {
  const psi = 'some avg10=1.00 avg60=2.00 avg300=3.00 total=1500\nfull avg10=0.00 total=7\n'
  t.equal(parsePressureTotal(psi), 1_500_000)
  t.equal(parsePressureTotal(''), undefined)
  const end = watchQuiet(
    {
      machineClock: times(
        { ...at(0, 0, 0), pressure: { someNs: 100, atNs: 1_000 } },
        { ...at(100, 0, 0), pressure: { someNs: 150, atNs: 1_200 } },
      ),
      databaseCpu: undefined,
      upstreamCpu: undefined,
    },
    [],
  )
  t.same(end(0), { machineNs: 100, stealNs: 0, pressure: { someNs: 50, elapsedNs: 200 } })
})

t.test('coarse ticks do not make others negative', async (t) => {
  const end = watchQuiet(
    {
      machineClock: times(at(0, 0, 0), at(100, 10, 0)),
      databaseCpu: steps(0, 0),
      upstreamCpu: undefined,
    },
    [steps(0, 15)],
  )
  t.same(end(0), { machineNs: 100, stealNs: 0, othersNs: 0 })
})

t.test('with a part of the run that is not known, only steal is told', async (t) => {
  const end = watchQuiet(
    {
      machineClock: times(at(0, 0, 0), at(100, 90, 3)),
      databaseCpu: undefined,
      upstreamCpu: undefined,
    },
    [steps(0, 15)],
  )
  t.same(end(0), { machineNs: 100, stealNs: 3 })
  const nothing = { databaseCpu: undefined, upstreamCpu: undefined }
  t.equal(watchQuiet(nothing, [])(0), undefined, 'no clock')
  t.equal(watchQuiet({ ...nothing, machineClock: times() }, [])(0), undefined, 'no /proc/stat')
})

t.test('every cell of every block is watched', async (t) => {
  const { parts, plan } = fakeRun()
  const blocks: BlockRecord[] = []
  let totalNs = 0
  await run({
    ...parts,
    databaseCpu: { source: 'schedstat', readNs: () => 0 },
    machineClock: { time: () => at((totalNs += 1e9), 0, 0), benchNs: () => 0 },
    record: async (block) => {
      blocks.push(block)
      return { preciseEnough: false }
    },
  })
  t.same(
    blocks.map(({ quiet }) =>
      quiet.map(({ block, workload }) => `${block} ${workload}`).toSorted(),
    ),
    [0, 1].map((block) => plan.cells.map(({ workload }) => `${block} ${workload}`).toSorted()),
  )
})
