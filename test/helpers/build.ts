/** Builds the server of a profile on the fake driver and closes it when the test ends. */
import type { FastifyInstance } from 'fastify'
import type { Driver } from '../../src/database.ts'
import { buildApp, type Surroundings } from '../../src/app.ts'
import { compose } from '../../src/compose.ts'
import { identityOf } from '../../src/identity.ts'
import { fillingsOf, resolveProfile } from '../../src/profile/resolve.ts'
import { quickStart } from '../../src/quick-start.ts'
import { fakeDriver } from './fake-driver.ts'

export async function build(
  t: { teardown(fn: () => unknown): unknown },
  spec: string,
  { driver = fakeDriver(), ...surroundings }: Partial<Surroundings> & { driver?: Driver } = {},
): Promise<FastifyInstance> {
  const profile = await resolveProfile(spec)
  const parts = { ...compose(quickStart, fillingsOf(profile)), driver: async () => driver }
  const app = await buildApp(parts, {
    databaseUrl: 'postgres://nowhere/none',
    journal: { write: () => {} },
    ready: () => true,
    identity: identityOf(profile, parts.launch.workers, 'test-run'),
    ...surroundings,
  })
  t.teardown(() => app.close())
  return app
}
