import t from 'tap'
import { renderMarkdown } from '../../../bench/report/markdown.ts'
import { fakeResult } from './fixtures/fake-result.ts'

const golden = `
Indicative (4 blocks): on queries tuned needs 0.40 times baseline's CPU per request (0.39 to 0.42) and serves 2.41 times its requests/s; on json the same within 2 % (0.992 to 0.998).

On json express:default needs 2.44 times baseline's CPU per request (2.37 to 2.52) and serves 0.411 times its requests/s; on queries unresolved: 1.05 times the CPU per request (0.92 to 1.20), about 22 more blocks would settle it.

On json baseline is already ahead of express:default.

On queries the gap from baseline to express:default is not resolved.

**json**, 32 connections

| contender | requests/s | vCPU | CPU µs | CPU ratio | requests/s ratio | verdict |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
| baseline | 26,153 | 1.08 | 41.2 | 1 | 1 | base |
| tuned | 26,338 | 1.08 | 41.0 | 0.995 (0.992-0.998) | 1.007 (1.004-1.010) | same |
| express:default | 10,751 | 1.08 | 101 | 2.44 (2.37-2.52) | 0.411 (0.399-0.424) | worse |

**queries**, 32 connections

| contender | requests/s | vCPU | own + db µs | CPU ratio | requests/s ratio | verdict |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
| baseline | 1,688 | 1.56 | 612 + 310 | 1 | 1 | base |
| tuned | 4,074 | 1.51 | 211 + 160 | 0.40 (0.39-0.42) | 2.41 (2.31-2.52) | better |
| express:default | 1,537 | 1.48 | 653 + 312 | 1.05 (0.92-1.20) | 0.91 (0.80-1.04) | unresolved |

- Note: first \\<b\\> \\| \\_x\\_
- Gates: contract ok, errors 0 ok, generator 40 % ok, control (none) ok
- Busiest: queries: baseline (contender 1.02 cores, database 0.52, generator 0.40), tuned (contender 0.85 cores, database 0.65, generator 0.40), express:default (contender 1.00 cores, database 0.47, generator 0.40)
- Load: by built-in, CPU of the generator for each answer: json 15.2 to 37.2 µs, queries 98.2 to 260 µs
- Reading: ratios are contender / baseline with their interval; CPU is microseconds per request, the contender's own + the database's; vCPU is cores used by both
- Design: seed 7, 4 blocks of fresh processes, 3 rounds x 2 windows of 75 ms per contender, 144 windows, 95 % intervals over blocks, "same" means within 2 %, verdicts hold together over 4 comparisons (Holm)
- Machine: 2 x Imaginary CPU (virtual), all share 2 cores, kernel 6.1.0, Node v26.10.0, PostgreSQL 18.4 (embedded), load by built-in 0.1.0
`.trimStart()

await t.test('a whole report, with messages kept from being read as markup', async (t) => {
  const warnings = [{ code: 'X', message: 'first <b> | _x_', basis: 'observed' as const }]
  t.equal(renderMarkdown(fakeResult({ warnings })), golden)
})
