/** What `world` looks like from outside, and how its rows are drawn. */
import { Type } from '@sinclair/typebox'

export const WorldSchema = Type.Object({ id: Type.Integer(), randomNumber: Type.Integer() })

const worldRows = 10_000

/** A uniformly random id, 1…10000. */
export const randomWorldId = (): number => 1 + Math.floor(Math.random() * worldRows)
