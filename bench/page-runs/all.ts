/** Every run of the pages, by the name under which claims and steps refer to it. */
import type { PageRun } from '../page-runs.ts'
import { peers, profiles } from './contenders.ts'

/** Enough blocks for a firm verdict (plan.ts, `firmBlocks`). */
const blocks = 8

/** The articles load with 100 connections. */
const articleConnections = [100]

/** One core each, so that a ratio is not one of numbers of cores. */
const cores = 1

/** Slow enough for every contender to hold. */
const checkoutRate = 50

const checkoutContenders = [peers.fastapi, peers.express, peers.gin]

export const pageRuns = {
  'parallel-database': {
    about: 'what pools, drivers and tuning as a whole are worth in front of the database',
    contenders: [
      profiles.baseline,
      profiles.connectionPerRequest,
      profiles.blockingCall,
      profiles.databasePool,
      profiles.tuned,
      peers.fastapi,
      peers.fastapiUnpooled,
      peers.fastapiBlocking,
      peers.fastapiTuned,
    ],
    workloads: ['db'],
    connections: [32],
    cores,
    blocks,
    budget: '8m',
  },
  'parallel-json': {
    about: 'what serializers, kept schemas and tuning as a whole are worth',
    contenders: [
      profiles.baseline,
      profiles.compilePerRequest,
      profiles.responseSchema,
      profiles.nativeSerializer,
      profiles.preserializedPayload,
      profiles.tuned,
      peers.fastapi,
      peers.fastapiUncachedSchemas,
      peers.fastapiOrjson,
      peers.fastapiMsgspec,
      peers.fastapiTuned,
    ],
    workloads: ['posts', 'users-create'],
    connections: [32],
    cores,
    blocks,
    budget: '10m',
  },
  'parallel-workers': {
    about: 'what more processes are worth, with the whole machine for each contender',
    contenders: [
      profiles.baseline,
      profiles.workers,
      profiles.workersTwiceCoresPlusOne,
      peers.fastapi,
      peers.fastapiWorkers,
      peers.fastapiGunicorn,
    ],
    workloads: ['db'],
    connections: [32],
    blocks,
    budget: '5m',
  },
  'claims-defaults': {
    about: 'the quick starts against one another',
    contenders: [peers.gin, peers.express, peers.fastapi, peers.nest],
    workloads: ['plaintext', 'json', 'db', 'queries', 'posts', 'users-crud', 'connection-churn'],
    connections: articleConnections,
    cores,
    blocks,
    budget: '18m',
  },
  'claims-cpu': {
    about:
      'work for the processor alone, with few connections, as one answer of Python takes a fifth of a second',
    contenders: [peers.gin, peers.express, peers.fastapi],
    workloads: ['cpu'],
    connections: [4],
    cores,
    blocks,
    budget: '4m',
  },
  'claims-tuned': {
    about: 'both levels of the peers against one another',
    contenders: [
      peers.fastapi,
      peers.fastapiTuned,
      peers.express,
      peers.expressTuned,
      peers.gin,
      peers.ginTuned,
    ],
    workloads: ['json', 'db', 'users-crud'],
    connections: articleConnections,
    cores,
    blocks,
    budget: '8m',
  },
  'claims-links': {
    about: 'the URL shortener at three numbers of connections',
    contenders: [peers.fastapi, peers.express],
    workloads: ['links'],
    connections: [10, 50, 100],
    cores,
    blocks,
    budget: '4m',
  },
  'claims-checkout': {
    about: 'a realistic request whose downstream services take 50 ms',
    contenders: checkoutContenders,
    workloads: ['checkout'],
    ratePerSecond: checkoutRate,
    upstreamLatencyMs: 50,
    cores,
    blocks,
    budget: '6m',
  },
  'claims-checkout-at-once': {
    about: 'the same request with downstream services that answer at once',
    contenders: checkoutContenders,
    workloads: ['checkout'],
    ratePerSecond: checkoutRate,
    cores,
    blocks,
    budget: '6m',
  },
  'claims-footprint': {
    about: 'start-up, memory, idle connections and size on disk',
    contenders: [peers.express, peers.fastapi, peers.gin],
    workloads: ['json'],
    connections: articleConnections,
    cores,
    footprint: true,
    blocks,
    budget: '8m',
  },
  'hot-key': {
    about: 'a cache in the process in front of reads by key',
    contenders: [profiles.baseline, profiles.rowCache],
    workloads: ['hot-key'],
    connections: [32],
    blocks,
    budget: '3m',
  },
} as const satisfies Readonly<Record<string, PageRun>>

export type PageRunName = keyof typeof pageRuns
