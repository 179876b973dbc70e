/** A contender that is a URL: a server that somebody else started, with its cost where it runs on this machine. */
import { GapwiseError } from '../../src/errors.ts'
import type { Contender, Running } from '../contender.ts'
import type { CpuMeter } from '../cpu-meter.ts'
import { treeMeter as schedstatMeter } from '../cpu-meters/schedstat.ts'
import { type LocalServer, findLocalServer } from '../local-server.ts'
import { type Probe, probeServer } from '../server-probe.ts'
import { addDescendants, isRunning, processTable } from '../supervisor/process-table.ts'

/** What tests replace. */
export interface UrlContenderParts {
  /** A meter for a process and its descendants. */
  readonly treeMeter?: (pid: number) => CpuMeter
}

/**
 * Asks the server what it is and offers, and makes a contender of it. A server that does not answer is no
 * error here: `unavailable()` says so.
 * @param text `http://host:port`
 * @throws GapwiseError `usage` URL_FORM
 */
export async function urlContender(
  text: string,
  { treeMeter = schedstatMeter }: UrlContenderParts = {},
): Promise<Contender> {
  const url = parseServerUrl(text)
  const id = url.origin
  const probe = await probeServer(url)
  return {
    id,
    kind: 'url',
    toggles: probe.toggles,
    versions: probe.versions,
    endpoints: probe.endpoints,
    fresh: false,
    unavailable: async () => {
      const now = await probeServer(url)
      if (now.failure !== undefined) return unreachable(id, now.failure)
      return now.endpoints.length > 0 ? undefined : nothingOffered(id)
    },
    prepare: () => Promise.resolve(),
    start: async () => {
      const now = await probeServer(url)
      if (now.failure !== undefined) {
        throw new GapwiseError('environment', 'URL_UNREACHABLE', unreachable(id, now.failure))
      }
      const server = await findLocalServer(url)
      return runningServer(url, now, server, treeMeter)
    },
  }
}

/**
 * Reads the URL of a server.
 * @throws GapwiseError `usage` URL_FORM for anything but http://host:port
 */
export function parseServerUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const refuse = (problem: string): GapwiseError =>
    new GapwiseError(
      'usage',
      'URL_FORM',
      `"${text}" ${problem}. Write a server as http://host:port, for example http://127.0.0.1:3000.`,
    )
  if (url === undefined) throw refuse('is not a URL')
  if (url.protocol === 'https:') {
    throw refuse('is an https URL, and only plain http is measured; give the server behind the TLS')
  }
  if (url.protocol !== 'http:') throw refuse('is not an http URL')
  if (url.username !== '' || url.password !== '') throw refuse('has a user name in it')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw refuse('has more than a host and a port, but endpoints are asked for at the root')
  }
  return url
}

const unreachable = (id: string, reason: string): string =>
  `Nothing answers at ${id} (${reason}). Start the server first, for example with "npm start -- tuned", or correct the URL.`

const nothingOffered = (id: string): string =>
  `${id} answers, but to none of the contract's endpoints with status 200. Give a server that offers them, for example one started with "npm start -- tuned".`

function runningServer(
  url: URL,
  before: Probe,
  server: LocalServer | undefined,
  treeMeter: (pid: number) => CpuMeter,
): Running {
  return {
    url,
    cpu: server === undefined ? undefined : sumOf(server.roots.map((pid) => treeMeter(pid))),
    ...(server === undefined ? {} : { processes: () => treesOf(server.roots) }),
    async verifyIdentity() {
      const now = await probeServer(url)
      if (now.failure !== undefined) {
        throw new GapwiseError(
          'contender',
          'CONTENDER_DIED',
          `${url.origin} answered when the run began and does not answer now (${now.failure}). Start the server again, then repeat the command.`,
        )
      }
      const processes = (await findLocalServer(url))?.identity
      if (now.runId === before.runId && processes === server?.identity) return
      throw new GapwiseError(
        'contender',
        'STALE_SERVER',
        `The server at ${url.origin} is not the one that answered when the run began: it was ${server?.identity ?? before.runId}, now it is ${processes ?? now.runId}. Leave it running during a bench, then repeat the command.`,
      )
    },
    // It was not started here, so it is not ended here.
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function treesOf(roots: readonly number[]): number[] {
  const found = new Set(roots)
  addDescendants(processTable(), found)
  return [...found].filter(isRunning)
}

function sumOf(meters: readonly CpuMeter[]): CpuMeter | undefined {
  const [first] = meters
  if (first === undefined) return undefined
  return {
    source: first.source,
    readNs() {
      let totalNs = 0
      for (const meter of meters) totalNs += meter.readNs()
      return totalNs
    },
  }
}
