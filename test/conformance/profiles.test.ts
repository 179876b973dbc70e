/** Every profile that is shipped does what the contract says. */
import t from 'tap'
import { profileNames } from '../../src/profile/read.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { conformProfile } from './start.ts'

t.setTimeout(900_000)
const services = await openTestPostgres(t)
t.jobs = 2
for (const name of profileNames())
  void t.test(name, { buffered: true }, (t) => conformProfile(t, name, services))
