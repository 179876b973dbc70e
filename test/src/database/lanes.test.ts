import t from 'tap'
import { Lanes } from '../../../src/database/lanes.ts'

const open = (count: number) =>
  new Lanes(Array.from({ length: count }, (_, index) => ({ inFlight: 0, name: `lane ${index}` })))

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

t.test('requests ride on the lane with the least in flight', async (t) => {
  const lanes = open(3)
  const names: string[] = []
  const ends: (() => void)[] = []
  const ride = () =>
    lanes.ride((lane) => {
      names.push(lane.name)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const rides = [ride(), ride(), ride(), ride()]
  t.strictSame(names, ['lane 0', 'lane 1', 'lane 2', 'lane 0'], 'and begin at once')
  ends[1]?.()
  await rides[1]
  rides.push(ride())
  t.equal(names.at(-1), 'lane 1')
  for (const end of ends) end()
  await Promise.all(rides)
  t.strictSame(
    lanes.all.map(({ inFlight }) => inFlight),
    [0, 0, 0],
  )
})

t.test('a failure is its own, and its lane goes on', async (t) => {
  const lanes = open(1)
  await t.rejects(
    lanes.ride(() => Promise.reject(new Error('ride'))),
    { message: 'ride' },
  )
  await t.rejects(
    lanes.alone(() => Promise.reject(new Error('alone'))),
    { message: 'alone' },
  )
  t.strictSame(lanes.all, [{ inFlight: 0, name: 'lane 0' }])
  t.equal(await lanes.ride(async ({ name }) => name), 'lane 0')
})

t.test('nobody rides on a lane that is taken', async (t) => {
  const lanes = open(2)
  let end = (): void => {}
  const alone = lanes.alone(async ({ name }) => {
    await new Promise<void>((resolve) => (end = resolve))
    return name
  })
  const names = await Promise.all(
    Array.from({ length: 5 }, () => lanes.ride(async ({ name }) => name)),
  )
  end()
  t.notOk(names.includes(await alone))
})

t.test('when all are taken, those who wait are served in turn', async (t) => {
  const lanes = open(1)
  const served: string[] = []
  const ends: (() => void)[] = []
  const take = (name: string) =>
    lanes.alone(() => {
      served.push(name)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const ride = (name: string) =>
    lanes.ride(async () => {
      served.push(name)
    })
  const waiting = [take('take 1'), ride('ride 1'), take('take 2'), ride('ride 2'), take('take 3')]
  await settled()
  t.strictSame(served, ['take 1'])
  ends[0]?.()
  await settled()
  t.strictSame(served, ['take 1', 'ride 1', 'take 2'])
  ends[1]?.()
  await settled()
  t.strictSame(served, ['take 1', 'ride 1', 'take 2', 'ride 2', 'take 3'])
  ends[2]?.()
  await Promise.all(waiting)
})

t.test('whoever asks at the same time, a taken lane has one user', async (t) => {
  const lanes = open(2)
  const users = new Map<string, number>()
  let most = 0
  let rides = 0
  const use = async (name: string, pauses: number): Promise<void> => {
    users.set(name, (users.get(name) ?? 0) + 1)
    most = Math.max(most, users.get(name) ?? 0)
    for (let each = 0; each < pauses; each++) await settled()
    users.set(name, (users.get(name) ?? 0) - 1)
  }
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      index % 3 === 0
        ? lanes.ride(async ({ name }) => {
            rides++
            if ((users.get(name) ?? 0) > 0) most = Infinity
          })
        : lanes.alone(({ name }) => use(name, index % 4)),
    ),
  )
  t.equal(most, 1)
  t.equal(rides, 20)
})
