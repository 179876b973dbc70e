/** Renders the list of peers, the page of one, and what came of installing them, for a terminal. */
import type { InstallOutcome, PeerFacts, PeerLevelFacts } from '../catalogue.ts'
import { columns } from './columns.ts'
import { wrap } from './wrap.ts'

const versionsOf = ({ versions }: PeerFacts): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ') || 'not told'

const stateOf = ({ state, cure }: PeerLevelFacts): string =>
  cure === null ? state : `${state}: ${cure}`

const levelRows = (levels: readonly PeerLevelFacts[]): string[] =>
  columns(levels.map((level) => [level.contender, stateOf(level)]))

const headOf = ({ name, framework, language, summary }: PeerFacts): string =>
  wrap(`${name}: ${framework} (${language}). ${summary}`, 2)

/** Every peer with its framework, versions and levels, and whether each level can be measured here. */
export const renderPeerList = (peers: readonly PeerFacts[]): string => {
  const entries = peers.map((peer) =>
    [headOf(peer), wrap(`  ${versionsOf(peer)}`, 2), ...levelRows(peer.levels)].join('\n'),
  )
  return `${[...entries, "One peer's page: gapwise peers NAME"].join('\n\n')}\n`
}

const needsOf = ({ requires }: PeerFacts): string =>
  requires
    .map(({ command, atLeast }) => (atLeast === null ? command : `${command} ${atLeast} or newer`))
    .join(', ') || 'nothing'

const lacksOf = ({ lacks, leavesOut }: PeerFacts): string =>
  lacks.length === 0
    ? 'nothing that a workload asks'
    : `${lacks.join(', ')}; so it takes no part in the workloads ${leavesOut.join(', ')}`

const renderLevel = (level: PeerLevelFacts): string => {
  const { contender, summary, connections } = level
  return [
    contender,
    ...columns([
      ['what', summary],
      ['state', stateOf(level)],
      ['database', connections === null ? 'not told' : `at most ${connections} connections`],
    ]),
  ].join('\n')
}

/** One peer: what it is, needs and lacks, then each of its levels. */
export const renderPeerPage = (peer: PeerFacts): string => {
  const { endpoints, decisions, levels } = peer
  const facts = columns([
    ['versions', versionsOf(peer)],
    ['needs', needsOf(peer)],
    ['offers', endpoints.join(', ')],
    ['lacks', lacksOf(peer)],
    ...(decisions === null ? [] : [['decisions', decisions]]),
  ])
  return `${[[headOf(peer), ...facts].join('\n'), ...levels.map(renderLevel)].join('\n\n')}\n`
}

/** One line for each outcome that several share, and one for each that has a reason of its own. */
export const renderOutcomes = (outcomes: readonly InstallOutcome[]): string => {
  const rows = (['installed', 'already there'] as const).flatMap((state) => {
    const names = outcomes.filter((each) => each.state === state).map(({ contender }) => contender)
    return names.length === 0 ? [] : [[state, names.join(', ')]]
  })
  const others = outcomes.flatMap(({ contender, state, why }) =>
    why === null
      ? []
      : [[state, `${contender}: ${state === 'failed' ? 'what it wrote is told above' : why}`]],
  )
  return `${columns([...rows, ...others]).join('\n')}\n`
}
