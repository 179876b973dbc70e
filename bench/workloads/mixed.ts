/** The mix that stands in mixed/shop.json: the example of what a user writes for a service of their own. */
import { fileURLToPath } from 'node:url'
import { loadWorkload, mixMembers } from './by-name.ts'
import { loadMix } from './mixed/mix.ts'

const file = fileURLToPath(new URL('mixed/shop.json', import.meta.url))

export const workload = await loadMix(file, 'mixed', { names: mixMembers(), load: loadWorkload })
