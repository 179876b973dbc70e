/** Values of `queries`, `count` and `n` that are no whole number of at least 1, and stand for the default. */

/** The last two are what a parser that stops at the first strange letter, or knows exponents, takes for a number. */
export const badCounts = ['', 'foo', '0', '-5', '2.5', '5foo', '1e2'] as const
