/** Walks every start from 1 to n; the first of equals wins. */
export function longestCollatz(n: number) {
  let best = 1
  let most = 0
  for (let start = 1; start <= n; start++) {
    let value = start
    let steps = 0
    while (value !== 1) {
      value = value % 2 === 0 ? value / 2 : 3 * value + 1
      steps++
    }
    if (steps > most) {
      best = start
      most = steps
    }
  }
  return { n, start: best, steps: most }
}
