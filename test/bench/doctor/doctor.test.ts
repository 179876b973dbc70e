import t from 'tap'
import { doctorCode } from '../../../bench/commands/doctor.ts'
import type { Finding } from '../../../bench/doctor.ts'
import { judgeLeftovers } from '../../../bench/doctor/leftovers.ts'
import { judgeMachine, type MachineFacts } from '../../../bench/doctor/machine.ts'
import { judgeNeeded, type NeededFacts } from '../../../bench/doctor/needed.ts'
import { judgeNoise, parsePressure, parseSwapUsed } from '../../../bench/doctor/noise.ts'
import { lookForPrograms } from '../../../bench/doctor/optional.ts'
import { renderDoctor } from '../../../bench/report/doctor.ts'

const states = (findings: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(findings.map(({ name, state }) => [name, state]))
/** Every finding that is not well has a cure, and no other. */
const cured = (findings: readonly Finding[]): boolean =>
  findings.every(({ state, cure }) => (state === 'ok') === (cure === undefined))

const needed: NeededFacts = {
  node: '26.10.0',
  platform: 'linux',
  postgres: { version: '18.4' },
  externalDatabase: false,
  cacheTrouble: undefined,
  taskset: true,
  cores: 2,
}

t.test('what is needed', async (t) => {
  const well = judgeNeeded(needed)
  t.ok(well.every(({ state }) => state === 'ok') && cured(well))
  const ill = judgeNeeded({
    ...needed,
    node: '22.1.0',
    platform: 'darwin',
    postgres: { trouble: 'run "npm ci"' },
    cacheTrouble: 'give it to this user',
  })
  t.same(states(ill), { node: 'fatal', system: 'note', postgres: 'fatal', cache: 'fatal' })
  t.ok(cured(ill))
  t.equal(states(judgeNeeded({ ...needed, node: '24.12.0' }))['node'], 'ok')
  t.equal(states(judgeNeeded({ ...needed, taskset: false }))['taskset'], 'fatal')
  const external = { postgres: { trouble: 'run "npm ci"' }, externalDatabase: true }
  t.equal(states(judgeNeeded({ ...needed, ...external }))['postgres'], 'note')
})

t.test('programs that may be missing, too old or under another name', async (t) => {
  const printed: Record<string, string> = {
    wrk: 'wrk 4.1.0 [epoll]',
    h2load: 'h2load nghttp2/1.52.0',
    'valkey-server': 'Valkey server v=8.0.1 sha=0',
    pgbouncer: 'PgBouncer 1.18.0',
  }
  const found = await lookForPrograms(async (command) => printed[command])
  t.same(states(found), {
    wrk: 'ok',
    h2load: 'ok',
    go: 'note',
    python: 'note',
    redis: 'ok',
    pgbouncer: 'note',
  })
  t.equal(found.find(({ name }) => name === 'redis')?.found, '8.0.1 (valkey-server)')
  t.match(
    found.find(({ name }) => name === 'pgbouncer'),
    { found: '1.18.0', cure: /1\.21/ },
  )
  t.ok(cured(found))
})

const machine: MachineFacts = {
  cores: 2,
  accounting: 'cgroup-v2',
  governor: undefined,
  virtual: true,
  openFilesLimit: 65_536,
}

t.test('the machine as it is made', async (t) => {
  t.ok(judgeMachine(machine).every(({ state }) => state === 'ok'))
  const poor = judgeMachine({
    cores: 1,
    accounting: 'schedstat',
    governor: 'powersave',
    virtual: false,
    openFilesLimit: 1024,
  })
  t.ok(poor.every(({ state }) => state === 'note') && cured(poor))
  t.ok(cured(judgeMachine({ ...machine, accounting: 'none', openFilesLimit: undefined })))
})

const time = (busyNs: number, stealNs: number, totalNs: number) => ({ busyNs, stealNs, totalNs })
const quiet = {
  cores: 2,
  times: { before: time(0, 0, 0), after: time(1e7, 0, 2e9) },
  load: 0.2,
  pressure: { cpu: 0.01, memory: 0, io: undefined },
  swapUsedBytes: 0,
}

t.test('what else the machine does', async (t) => {
  t.ok(judgeNoise(quiet).every(({ state }) => state === 'ok'))
  const loud = judgeNoise({
    ...quiet,
    times: { before: time(0, 0, 0), after: time(4e8, 1e8, 2e9) },
    load: 3,
    pressure: { cpu: 0.3, memory: 0.02, io: 0.2 },
    swapUsedBytes: 2 ** 25,
  })
  t.ok(loud.every(({ state }) => state === 'note') && cured(loud))
  t.equal(loud.find(({ name }) => name === 'other processes')?.found, '20 %')
  t.ok(
    judgeNoise({ ...quiet, times: undefined, swapUsedBytes: undefined }).every(
      ({ state }) => state === 'ok',
    ),
  )
})

t.test('pressure and swap as the kernel writes them', async (t) => {
  const text = 'some avg10=1.00 avg60=2.50 avg300=0.10 total=12\nfull avg10=0.00 avg60=9.00\n'
  t.equal(parsePressure(text), 0.025)
  t.equal(parsePressure(''), undefined)
  t.equal(parseSwapUsed('SwapTotal:  2048 kB\nSwapFree:   1024 kB\n'), 2 ** 20)
  t.equal(parseSwapUsed(''), undefined)
})

t.test('what earlier runs left, and what runs now', async (t) => {
  t.ok(judgeLeftovers({ left: [], running: [] }).every(({ state }) => state === 'ok'))
  const run = { runId: 'r-12345678', command: 'bench tuned', processes: 1, paths: ['/tmp/x'] }
  const found = judgeLeftovers({ left: [run], running: [run] })
  t.ok(found.every(({ state }) => state === 'note') && cured(found))
  t.equal(found[0]?.found, '"bench tuned" (r-12345678): 1 process, 1 path')
  t.match(found[0]?.cure, 'doctor --reap')
})

t.test('the answer comes first, and 3 where nothing can be measured', async (t) => {
  const well = [...judgeNeeded(needed), ...judgeNoise(quiet)]
  t.match(renderDoctor(well), /^Everything is there and the machine is quiet\.\n/)
  t.equal(doctorCode(well), 0)
  const noisy = [...well, ...judgeMachine({ ...machine, cores: 1 })]
  t.match(renderDoctor(noisy), /^You can measure here; worth a look: cores\.\n/)
  t.equal(doctorCode(noisy), 0)
  const ill = judgeNeeded({ ...needed, cacheTrouble: 'give it to this user' })
  t.match(renderDoctor(ill), /^Nothing can be measured here yet: cache\.\n/)
  t.match(renderDoctor(ill), /FATAL {2}cache +cannot be written\n +give it to this user\n/)
  t.equal(doctorCode(ill), 3)
})
