/** What is known of a peer: its manifest, what it leaves out, and whether it can be measured here. */
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PeerFacts } from '../catalogue.ts'
import { type Peer, peerNames } from '../peer.ts'
import { readinessOf, type RequirementCheck } from '../peer-readiness.ts'
import type { Workload } from '../workload.ts'
import { loadWorkload, workloadNames } from '../workloads/by-name.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

/** Where its decisions stand, from the project's folder; a folder of the user's own need not tell any. */
const decisionsOf = ({ id, folder }: Peer): string | null =>
  peerNames().includes(id) ? join(relative(project, folder), 'README.md') : null

/** Endpoints that workloads ask and it does not answer, and the workloads that it therefore takes no part in. */
function gapsIn(
  endpoints: readonly string[],
  workloads: readonly Workload[],
): Pick<PeerFacts, 'lacks' | 'leavesOut'> {
  const isLacking = (endpoint: string): boolean => !endpoints.includes(endpoint)
  const asked = new Set(workloads.flatMap((workload) => workload.endpoints))
  return {
    lacks: [...asked].filter(isLacking).toSorted(),
    leavesOut: workloads.flatMap(({ name, endpoints: asks }) =>
      asks.some(isLacking) ? [name] : [],
    ),
  }
}

/**
 * One peer as data.
 * @param check looks for the programs that it needs
 * @throws GapwiseError `usage` PEER_MANIFEST for an input of an install that is not there
 */
export async function peerFacts(peer: Peer, check: RequirementCheck): Promise<PeerFacts> {
  const { language, framework, summary, endpoints, requires, levels } = peer.manifest
  const workloads = await Promise.all(workloadNames().map(loadWorkload))
  return {
    name: peer.id,
    language,
    framework,
    summary,
    versions: peer.versions,
    requires: requires.map(({ command, atLeast }) => ({ command, atLeast: atLeast ?? null })),
    endpoints,
    ...gapsIn(endpoints, workloads),
    decisions: decisionsOf(peer),
    levels: await Promise.all(
      Object.entries(levels).map(async ([level, { summary: does, connections }]) => ({
        contender: `${peer.id}:${level}`,
        summary: does,
        connections: connections ?? null,
        ...(await readinessOf(peer, level, check)),
      })),
    ),
  }
}
