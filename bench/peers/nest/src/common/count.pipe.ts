import type { PipeTransform } from '@nestjs/common'

interface Counts {
  readonly most: number
  /** What a value means that is no whole number of at least 1. */
  readonly bad: number
}

/** Reads a count of a query string: clamped, and never an error. */
export class CountPipe implements PipeTransform<unknown, number> {
  constructor(private readonly counts: Counts) {}

  transform(value: unknown): number {
    const { most, bad } = this.counts
    if (typeof value !== 'string' || !/^\d+$/.test(value)) return bad
    const count = Number(value)
    return count < 1 ? bad : Math.min(count, most)
  }
}
