/** What the parts of this folder make of one process. */
import { operations } from './operations.js'
import { renderFortunes } from './page.js'
import { openPipelined } from './pipelined.js'
import { serializers } from './serializers.js'
import { parseTarget } from './target.js'
import { makeUpstream } from './upstream.js'

/** Of all processes together. */
const mostConnections = 4

/**
 * @param processes how many there are, this one among them
 * @returns what serve.js asks for
 */
export const tunedLevel = (processes) => ({
  serverOptions: { optimizeEmptyRequests: true },
  openPool: (url) => openPipelined(url, Math.max(1, Math.floor(mostConnections / processes))),
  operations,
  makeUpstream,
  parseTarget,
  serializers,
  renderFortunes,
})
