/** Asks the stub of the downstream services how many of them a contender asks at the same time. */
import { request } from 'undici'
import type { Stage } from '../../contract.ts'

/**
 * Looks on while something runs. Every contender has its own door at the stub, so no other one is seen.
 * @param upstreamUrl the door
 */
export const watchAtOnce =
  (upstreamUrl: string): NonNullable<Stage['mostAtOnce']> =>
  async (run) => {
    const gathering = new URL('/gathering', upstreamUrl)
    const begun = await request(gathering, { method: 'POST' })
    await begun.body.dump()
    const end = async (): Promise<number> => {
      const { body } = await request(gathering, { method: 'DELETE' })
      return ((await body.json()) as { most: number }).most
    }
    try {
      await run()
    } catch (error) {
      // What the contender still asks is answered, whatever has happened.
      await end()
      throw error
    }
    return end()
  }
