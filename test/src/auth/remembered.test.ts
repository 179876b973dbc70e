import t from 'tap'
import type { Authenticate, Claims } from '../../../src/auth.ts'
import { remembering } from '../../../src/auth/remembered.ts'

const later = (): number => Date.now() + 60_000

/** A judge that takes what begins with `good` and notes what it was asked. */
function judge(log: string[]): Authenticate {
  return (authorization): Claims | undefined => {
    if (authorization !== undefined) log.push(authorization)
    return authorization?.startsWith('good')
      ? { userId: authorization.length, expiresAtMs: later() }
      : undefined
  }
}

t.test('a valid token is judged once, another one for itself', async (t) => {
  const log: string[] = []
  const authenticate = remembering(10, () => judge(log))('secret')
  for (let time = 0; time < 3; time++) {
    t.equal(authenticate('good')?.userId, 4)
    t.equal(authenticate('good1')?.userId, 5, 'one that only begins like it')
  }
  t.strictSame(log, ['good', 'good1'])
})

t.test('what is not valid is judged each time and takes no place', async (t) => {
  const log: string[] = []
  const authenticate = remembering(2, () => judge(log))('secret')
  authenticate('good')
  for (let time = 0; time < 10; time++) t.equal(authenticate(`bad${time % 5}`), undefined)
  t.equal(authenticate(undefined), undefined)
  authenticate('good')
  t.equal(log.length, 11, 'the valid one is still known')
})

t.test('no more are remembered than it may, the last seen stay', async (t) => {
  const log: string[] = []
  const authenticate = remembering(2, () => judge(log))('secret')
  for (const token of ['good1', 'good2', 'good1', 'good3']) authenticate(token)
  t.strictSame(log, ['good1', 'good2', 'good3'])
  authenticate('good1')
  t.equal(log.length, 3)
  authenticate('good2')
  t.equal(log.at(-1), 'good2', 'it had to go')
})

t.test('each secret has its own memory', async (t) => {
  const make = remembering(
    2,
    (secret) => (authorization) =>
      authorization === secret ? { userId: 1, expiresAtMs: later() } : undefined,
  )
  const [one, two] = [make('a'), make('b')]
  t.equal(one('a')?.userId, 1)
  t.equal(two('a'), undefined)
})
