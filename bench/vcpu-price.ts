/** The price of a vCPU, from the command line: it bears on what a report says, not on what is measured. */
import { GapwiseError } from '../src/errors.ts'

/**
 * Reads `--vcpu-price`.
 * @param atRate whether there is a fixed rate, which alone tells how many vCPU are needed
 * @throws GapwiseError `usage` BAD_PRICE, or PRICE_WITHOUT_RATE
 */
export function parseVcpuPrice(text: string | undefined, atRate: boolean): number | undefined {
  if (text === undefined) return undefined
  const price = Number(text)
  if (!/^\d*\.?\d+$/.test(text) || !(price > 0))
    throw new GapwiseError(
      'usage',
      'BAD_PRICE',
      `--vcpu-price takes the price of one vCPU for an hour, such as 0.04, found "${text}".`,
    )
  if (!atRate)
    throw new GapwiseError(
      'usage',
      'PRICE_WITHOUT_RATE',
      '--vcpu-price needs a run at a fixed rate: only there is it known how many vCPU are needed. Add --rate 3000, or whatever yours is.',
    )
  return price
}
