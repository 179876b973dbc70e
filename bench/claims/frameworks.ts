/** Claims that rank the frameworks by requests per second. */
import type { Claim, Explanation, Side } from '../claim.ts'
import { about, between, more } from '../claim/stated.ts'
import {
  express,
  expressTuned,
  fastapi,
  fastapiTuned,
  gin,
  ginTuned,
  nest,
  oneCore,
  quickStarts,
  ratioIn,
} from './places.ts'

/** Of a ratio that Express being quicker moves to this side. */
const newerNode = (side: Side): Explanation => ({
  side,
  why:
    'Express is measured on Node 26 here. One app of Express 5 served 9,433 requests/s on Node 20.19 and 27,104 on Node 24.12 in the ' +
    '[history of fastify/benchmarks](https://github.com/fastify/benchmarks), so ratios from before do not carry over.',
})

const manyCores: Explanation = {
  side: 'below',
  why: 'On four cores Gin uses all of them by itself, while the quick starts of FastAPI and Express are one process; here each has one core.',
}

export const frameworkClaims: readonly Claim[] = [
  {
    id: '1',
    says: 'FastAPI is within 10 to 15 % of Express on a basic JSON endpoint.',
    given: 'wrk, 10,000 requests, 100 connections, uvicorn.',
    differs: `Versions, machine, and a bench that checks every answer. ${oneCore}`,
    checks: [
      {
        quantity: quickStarts(fastapi, express, 'json'),
        stated: between(0.85, 1.15),
        explains: newerNode('below'),
      },
      {
        quantity: quickStarts(fastapi, express, 'json', 'cost'),
        stated: between(0.85, 1.15),
        explains: newerNode('above'),
      },
    ],
  },
  {
    id: '2',
    says: 'On JSON CRUD Go peaks at 142,000 requests/s, FastAPI at about 38,000 and Express 5 at about 19,000: Go is 3.7 times FastAPI and 7.4 times Express.',
    given:
      'wrk2, 10 threads, 100 connections, a bare-metal EPYC; Go 1.23, FastAPI 0.110, Express 5 on Node 22.',
    differs: `The claim does not name the Go framework or say how the apps were set up: Gin is taken, at both levels, on JSON and on CRUD. ${oneCore}`,
    checks: [
      { quantity: ratioIn('claims-tuned', gin, fastapi, 'users-crud'), stated: about(3.7) },
      {
        quantity: ratioIn('claims-tuned', gin, express, 'users-crud'),
        stated: about(7.4),
        explains: newerNode('below'),
      },
      {
        quantity: ratioIn('claims-tuned', ginTuned, fastapiTuned, 'users-crud'),
        stated: about(3.7),
      },
      {
        quantity: ratioIn('claims-tuned', ginTuned, expressTuned, 'users-crud'),
        stated: about(7.4),
        explains: newerNode('below'),
      },
      { quantity: ratioIn('claims-tuned', gin, fastapi, 'json'), stated: about(3.7) },
      {
        quantity: ratioIn('claims-tuned', gin, express, 'json'),
        stated: about(7.4),
        explains: newerNode('below'),
      },
      { quantity: ratioIn('claims-tuned', ginTuned, fastapiTuned, 'json'), stated: about(3.7) },
      {
        quantity: ratioIn('claims-tuned', ginTuned, expressTuned, 'json'),
        stated: about(7.4),
        explains: newerNode('below'),
      },
    ],
  },
  {
    id: '13',
    says: 'JSON without I/O: FastAPI about 10,000 requests/s, Express about 30,000, Gin about 120,000; Gin is 10 to 15 times FastAPI and 3 to 5 times Express.',
    given: 'Four cores.',
    differs: oneCore,
    checks: [
      { quantity: quickStarts(gin, fastapi, 'json'), stated: between(10, 15), explains: manyCores },
      { quantity: quickStarts(gin, express, 'json'), stated: between(3, 5), explains: manyCores },
      {
        quantity: quickStarts(express, fastapi, 'json'),
        stated: about(3),
        explains: newerNode('above'),
      },
    ],
  },
  {
    id: '14',
    says: 'Plain text: FastAPI 12,000 requests/s, Express 45,000, Gin 150,000.',
    given: 'Beside claim 13, which is of four cores.',
    differs: oneCore,
    checks: [
      {
        quantity: quickStarts(gin, fastapi, 'plaintext'),
        stated: about(12.5),
        explains: manyCores,
      },
      {
        quantity: quickStarts(gin, express, 'plaintext'),
        stated: about(3.33),
        explains: manyCores,
      },
      {
        quantity: quickStarts(express, fastapi, 'plaintext'),
        stated: about(3.75),
        explains: newerNode('above'),
      },
    ],
  },
  {
    id: '17',
    says: 'A URL shortener in Express serves about three times the requests of one in FastAPI.',
    given: 'One million requests at 10, 50 and 100 connections.',
    differs:
      'Both keep their links in PostgreSQL; of ten requests one makes a link and nine follow one.',
    checks: [10, 50, 100].map((connections) => ({
      quantity: {
        ...ratioIn('claims-links', express, fastapi, 'links'),
        point: { connections },
      },
      stated: about(3),
    })),
  },
  {
    id: '19',
    says: 'Express serves about 44 % more requests than FastAPI in synthetic tests, but FastAPI is faster than NestJS and Express where the database is heavily used (fetch, update, serialize).',
    given: 'No setting.',
    differs: 'Synthetic is taken as `json`, and fetch, update and serialize as `users-crud`.',
    checks: [
      {
        quantity: quickStarts(express, fastapi, 'json'),
        stated: about(1.44),
        explains: newerNode('above'),
      },
      {
        quantity: quickStarts(fastapi, nest, 'users-crud'),
        stated: more,
        taken: 'faster by at least 2 %',
      },
      {
        quantity: quickStarts(fastapi, express, 'users-crud'),
        stated: more,
        taken: 'faster by at least 2 %',
        explains: newerNode('below'),
      },
    ],
  },
  {
    id: '20',
    says: 'CPU-bound work is 2 to 10 times faster in Go than in Node or Python.',
    given: 'No setting.',
    differs: `The same arithmetic in each language (\`cpu\`). ${oneCore}`,
    checks: [
      { quantity: ratioIn('claims-cpu', gin, express, 'cpu'), stated: between(2, 10) },
      { quantity: ratioIn('claims-cpu', gin, fastapi, 'cpu'), stated: between(2, 10) },
    ],
  },
  {
    id: '21',
    says: 'For 100,000 requests/s FastAPI needs 4 to 6 times the infrastructure of Go, and Node 5 to 7 times.',
    given: 'No setting.',
    differs:
      'Taken as CPU time per request, which is vCPU per 100,000 requests/s; Go is Gin and Node is Express.',
    checks: [
      { quantity: quickStarts(fastapi, gin, 'json', 'cost'), stated: between(4, 6) },
      {
        quantity: quickStarts(express, gin, 'json', 'cost'),
        stated: between(5, 7),
        explains: newerNode('below'),
      },
    ],
  },
]
