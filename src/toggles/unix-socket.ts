/** Toggle: connect to PostgreSQL by its unix socket. */
import { Type } from '@sinclair/typebox'
import { bySocket } from '../database/address/unix-socket.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'unix-socket',
  summary: 'Connect to PostgreSQL by its unix socket in place of TCP on the loopback.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff: 'PostgreSQL must run on the same machine, and the socket must be within reach.',
  counterpart: 'asyncpg.connect(host="/var/run/postgresql")',
  docs: 'https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS',
  needs: "PostgreSQL's unix socket on this machine: DATABASE_SOCKET is its folder",
  fill: () => ({ address: bySocket }),
})
