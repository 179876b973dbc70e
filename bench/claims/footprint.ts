/** Claims about what a server needs besides time: start-up, memory, connections, disk. */
import type { Claim, Explanation } from '../claim.ts'
import { about, between } from '../claim/stated.ts'
import { manyConnections } from '../quantities/footprint.ts'
import { express, fastapi, footprintOf, gin, quickStarts } from './places.ts'

const megabyte = 1e6
/** In bytes. */
const megabytes = (low: number, high: number) => between(low * megabyte, high * megabyte)

const onDisk =
  'What is counted is what is on disk to run the app, without the system image and without the language itself where that is not installed with it.'

/** Of servers that need their language beside them; Go's binary holds it. */
const withoutLanguage: Explanation = {
  side: 'below',
  why: 'An image holds a system and the language too; what is counted here does not.',
}

export const footprintClaims: readonly Claim[] = [
  {
    id: '3',
    says: 'FastAPI uses 40 % less memory than Express 5 at 10,000 connections.',
    given: 'wrk2, a bare-metal EPYC; FastAPI 0.110, Express 5 on Node 22.',
    differs: `Reckoned for ${manyConnections.toLocaleString('en-US')} idle connections from what each of a smaller number adds; whether those of the article were idle is not said.`,
    checks: [{ quantity: footprintOf('memoryConnected', fastapi, express), stated: about(0.6) }],
  },
  {
    id: '4a',
    says: 'FastAPI starts in 0.5 to 1 s and Express in 1 to 2 s, so FastAPI starts 2.1 times as fast.',
    given: 'Cold start; 4b is another article, and the two contradict each other.',
    differs: 'Until the first right answer, from a warm disk.',
    checks: [
      { quantity: footprintOf('startTime', express, fastapi), stated: about(2.1) },
      { quantity: footprintOf('startTime', fastapi), stated: between(500, 1_000) },
      { quantity: footprintOf('startTime', express), stated: between(1_000, 2_000) },
    ],
  },
  {
    id: '4b',
    says: 'Node starts in 50 to 200 ms and FastAPI with uvicorn in 200 to 500 ms.',
    given: 'Cold start; 4a is another article, and the two contradict each other.',
    differs: 'Until the first right answer, from a warm disk; Node is Express.',
    checks: [
      { quantity: footprintOf('startTime', express), stated: between(50, 200) },
      { quantity: footprintOf('startTime', fastapi), stated: between(200, 500) },
    ],
  },
  {
    id: '5',
    says: 'At rest Express takes 40 to 80 MB of memory and FastAPI 80 to 120 MB.',
    given: 'No setting.',
    differs: 'Resident memory of all processes after 200 requests.',
    checks: [
      { quantity: footprintOf('memoryAtRest', express), stated: megabytes(40, 80) },
      { quantity: footprintOf('memoryAtRest', fastapi), stated: megabytes(80, 120) },
    ],
  },
  {
    id: '18',
    says: 'Node handles 40 to 60 % more concurrent connections.',
    given: 'No setting.',
    differs:
      'What can be measured is the memory of an idle connection, and new connections per second.',
    notComparable:
      'The claim does not say what ends it: a server takes connections until memory, open files or patience run out.',
    related: [
      footprintOf('idleConnection', fastapi, express),
      quickStarts(express, fastapi, 'connection-churn'),
    ],
  },
  {
    id: '22',
    says: 'An image or installation is 150 to 400 MB with FastAPI, 50 to 80 MB with Express and 5 to 15 MB with Gin.',
    given: 'No setting.',
    differs: onDisk,
    checks: [
      {
        quantity: footprintOf('install', fastapi),
        stated: megabytes(150, 400),
        explains: withoutLanguage,
      },
      {
        quantity: footprintOf('install', express),
        stated: megabytes(50, 80),
        explains: withoutLanguage,
      },
      { quantity: footprintOf('install', gin), stated: megabytes(5, 15) },
    ],
  },
]
