/** A request that says of its body what it is, and then has none: no client library sends it, so it is written by hand. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'

const paths = ['/users', '/links']
const limitMs = 30_000

/** Some servers wait for ever for the end of a body that was never announced. */
export async function checkBodiless(t: Test, url: URL): Promise<void> {
  for (const path of paths) {
    const socket = connect(Number(url.port), url.hostname)
    await once(socket, 'connect')
    socket.setTimeout(limitMs, () => socket.destroy())
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n`,
    )
    const answer = await text(socket).catch(String)
    t.match(
      answer,
      /^HTTP\/1\.1 (400|411|415|422) /,
      `POST ${path} that announces no body is refused, not left waiting`,
    )
  }
}
