/** Whether the databases of a run are alike and left alone: what is asked of them before, around and after a trial. Pure. */
import type { Gate } from './results.ts'

/** A contender's database before its server starts. */
export interface StateBefore {
  /** The settings that bear on speed, as a session in that database has them. */
  readonly settings: Readonly<Record<string, string>>
  /** By table; undefined where counting would be counted itself (no right to set track_counts). */
  readonly rows: Readonly<Record<string, number>> | undefined
  /** Sessions of others: in the whole cluster where it is the bench's own, in this database elsewhere. */
  readonly strangers: number
}

/** A contender's database after its server was stopped, counted since it was made. */
export interface StateAfter {
  readonly deadlocks: number
  readonly temporaryFiles: number
}

/** Checkpoints of the whole server since it started; only differences mean anything. */
export interface Checkpoints {
  readonly timed: number
  readonly requested: number
  /** That wrote something; absent before PostgreSQL 18, where those that had nothing to write count as timed. */
  readonly done?: number
}

/** What every database of the run must be like. */
export interface ExpectedState {
  /** As they were when the run began: they stand in the result's environment. */
  readonly settings: Readonly<Record<string, string>>
  readonly rows: Readonly<Record<string, number>>
}

/** How the databases of a run are asked; few questions, and none within a window. */
export interface DatabaseWatch {
  readonly expected: ExpectedState
  before(databaseUrl: string): Promise<StateBefore>
  after(databaseUrl: string): Promise<StateAfter>
  checkpoints(): Promise<Checkpoints>
}

/** Something that was not as it must be, with the cure. */
export interface StateFault {
  readonly what: string
  readonly cure: string
}

/** Faults of one trial. */
export interface TrialFaults {
  readonly block: number
  readonly workload: string
  /** Absent for what is the server's. */
  readonly contender?: string
  readonly faults: readonly StateFault[]
}

/** What is wrong with a database before its contender starts. */
export const faultsBefore = (state: StateBefore, expected: ExpectedState): StateFault[] => {
  const { settings, rows, strangers } = state
  const faults: StateFault[] = []
  if (settings['autovacuum'] !== 'off')
    faults.push({
      what: `autovacuum is ${settings['autovacuum'] ?? 'unknown'}, and strikes at random`,
      cure: 'ALTER SYSTEM SET autovacuum = off; SELECT pg_reload_conf()',
    })
  for (const [name, value] of Object.entries(expected.settings))
    if (settings[name] !== value)
      faults.push({
        what: `${name} is ${settings[name] ?? 'unknown'} and was ${value} when the run began`,
        cure: 'let nobody change the server during a run, and no database or role have settings of its own',
      })
  for (const [table, count] of Object.entries(rows === undefined ? {} : expected.rows))
    if (rows?.[table] !== count)
      faults.push({
        what: `${table} has ${rows?.[table] ?? 'no'} rows and was seeded with ${count}`,
        cure: 'let nobody write to databases named gapwise…, and drop the template if somebody did',
      })
  if (strangers > 0)
    faults.push({
      what: `${strangers} ${strangers === 1 ? 'session' : 'sessions'} of others`,
      cure: 'end them, or give a server of its own with --database-url',
    })
  return faults
}

/** What went wrong in a database while its contender ran. */
export const faultsAfter = ({ deadlocks, temporaryFiles }: StateAfter): StateFault[] => [
  ...(deadlocks > 0
    ? [
        {
          what: `${deadlocks} ${deadlocks === 1 ? 'deadlock' : 'deadlocks'}`,
          cure: 'let the contender lock rows in one order',
        },
      ]
    : []),
  ...(temporaryFiles > 0
    ? [
        {
          what: `${temporaryFiles} temporary ${temporaryFiles === 1 ? 'file' : 'files'}`,
          cure: 'raise work_mem, so that no statement goes to disk',
        },
      ]
    : []),
]

/** How many checkpoints ran in between, by who asked for them; undefined where none did. */
export const checkpointsBetween = (
  before: Checkpoints,
  after: Checkpoints,
): Pick<Checkpoints, 'timed' | 'requested'> | undefined => {
  const requested = after.requested - before.requested
  const timed = after.timed - before.timed
  const done = (after.done ?? 0) - (before.done ?? 0)
  const wrote = after.done === undefined ? requested + timed > 0 : requested + done > 0
  // One that began before and ended in between was asked for by the clock, as requested ones do not wait.
  return wrote ? { timed: Math.max(timed, requested > 0 ? 0 : 1), requested } : undefined
}

/** A checkpoint within measured windows, as a fault. */
export const checkpointFault = ({
  timed,
  requested,
}: Pick<Checkpoints, 'timed' | 'requested'>): StateFault => ({
  what: `a checkpoint ran while windows were measured (${timed} timed, ${requested} requested)`,
  cure:
    timed > 0
      ? 'raise checkpoint_timeout beyond the length of the run'
      : 'raise max_wal_size, and let nobody else write to the server',
})

const placeOf = ({ block, workload, contender }: TrialFaults): string =>
  `${contender === undefined ? '' : `${contender} on `}${workload}, block ${block + 1}`

/** The gate of a run, over all trials so far of workloads that reach the database. */
export const databaseStateGate = (trials: readonly TrialFaults[]): Omit<Gate, 'basis'> => {
  const all = trials.flatMap((trial) => trial.faults.map((fault) => ({ trial, ...fault })))
  const name = 'database state'
  const [first] = all
  if (first === undefined)
    return {
      name,
      ok: true,
      detail:
        'before each trial: settings, rows and sessions as they must be; in none a checkpoint, a deadlock or a temporary file',
    }
  const kinds = Map.groupBy(all, ({ what }) => what)
  const told = [...kinds].map(
    ([what, alike]) =>
      `${what} (${placeOf(alike[0]!.trial)}${alike.length > 1 ? `, and ${alike.length - 1} more` : ''}): ${alike[0]!.cure}`,
  )
  const most = 3
  const more = told.length > most ? [`and ${told.length - most} more`] : []
  return {
    name,
    ok: false,
    detail: [...told.slice(0, most), ...more].join('; '),
  }
}
