/** Table `world`: 10,000 rows whose numbers follow from their ids, so every answer can be checked exactly. */

export const worldRows = 10_000

/**
 * The number that row `id` is seeded with. 7919 is prime to 10,000, so this is a permutation of 1…10,000:
 * no two rows share a number and a swapped answer is always seen.
 */
export const worldRandomNumber = (id: number): number => 1 + ((id * 7919 + 104_729) % worldRows)
