/** The quick start's cache: lru-cache, in this process. */
import { LRUCache } from 'lru-cache'
import type { MakeCache } from '../cache.ts'

export const makeLruCache: MakeCache = (max) => new LRUCache({ max })
