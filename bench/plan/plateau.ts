/** Windows at twice the connections, which tell whether the stated ones are enough for a capacity. Pure. */

import { type ClosedAnswers, closedAnswers } from '../plan.ts'

/** A round at twice the connections, right after one of the regular ones. */
export interface PlateauRound {
  /** Index of the regular round. */
  readonly after: number
  /** Arms in the order in which their windows are taken: a permutation, then its mirror image. */
  readonly arms: readonly string[]
}

/** What of a cell is taken at twice its connections. */
export interface PlateauPlan extends ClosedAnswers {
  readonly connections: number
  readonly rounds: readonly PlateauRound[]
}

/** Of a cell's time, warm-up included. */
const share = 0.05

/** With fewer rounds than this in a cell, those at its own connections need all of the time. */
const leastRounds = 4

/** How the rounds that fit into a cell are divided: most at its connections, a few at twice as many. */
export const divideRounds = (
  fitting: number,
  { warmupMs, roundMs }: { readonly warmupMs: number; readonly roundMs: number },
): { readonly rounds: number; readonly plateau: number } => {
  if (fitting < leastRounds) return { rounds: fitting, plateau: 0 }
  const fair = Math.round(share * (warmupMs / roundMs + fitting))
  const plateau = Math.min(Math.max(1, fair), Math.floor(fitting / leastRounds))
  return { rounds: fitting - plateau, plateau }
}

/**
 * After which regular rounds they come: evenly spread, the first after the first, because a cell of slow arms may end
 * early, and none after the last, so that each has regular rounds on both sides.
 */
export const plateauPlaces = (rounds: number, plateau: number): number[] =>
  Array.from({ length: plateau }, (_, index) => Math.floor((index * (rounds - 1)) / plateau))

/** The plateau of a cell, if it has one. */
export const planPlateau = (
  cell: { readonly inFlight: number; readonly rounds: number; readonly plateau: number },
  drawRound: () => readonly string[],
): { readonly plateau?: PlateauPlan } => {
  const connections = 2 * cell.inFlight
  const places = plateauPlaces(cell.rounds, cell.plateau)
  if (places.length === 0) return {}
  const rounds = places.map((after) => ({ after, arms: drawRound() }))
  return { plateau: { connections, ...closedAnswers(connections), rounds } }
}
