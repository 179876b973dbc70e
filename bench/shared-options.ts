/** Options that several commands have, with their help. */
import { type Command, Option } from 'commander'

const workloadOption = (names: string): Option =>
  new Option(
    '--workload <names>',
    'workloads, or files of mixes such as ./shop.json, separated by commas',
  ).default(names)

export const databaseOption = new Option(
  '--database-url <url>',
  'a PostgreSQL server of your own instead of the embedded one',
).env('DATABASE_URL')

export const priceOption = new Option(
  '--vcpu-price <price>',
  'of one vCPU for an hour, such as 0.04: tells what each contender costs a month at --rate',
)

export const upstreamOption = new Option(
  '--upstream-latency <duration>',
  'what the downstream services of /fanout and /checkout take, such as 10ms',
).default('0ms')

/** Adds what every command that measures takes. */
export function measuringOptions(command: Command, workload = 'json,db,queries'): Command {
  return command
    .addOption(workloadOption(workload))
    .option(
      '--connections <list>',
      'requests in flight, closed loop; several operating points as in 16,64 (default: 32, none with --rate)',
    )
    .option(
      '--rate <list>',
      "requests per second, sent whatever the server does: latency and vCPU there, as in 1000,3000; or shares of each one's own capacity, as in 30%,60%",
    )
    .option('--budget <duration>', 'time for measuring, such as 3m (default: 3m)')
    .option(
      '--blocks <count>',
      'so many blocks, whatever time they take (default: what the budget has room for)',
    )
    .option(
      '--precision <share>',
      'stop, from eight blocks on, when the interval of every verdict is as narrow as 2%',
    )
    .option('--quick', 'at most four blocks in a minute', false)
    .option('--seed <number>', 'fixes every order; drawn when absent')
    .option('--engine <name>', 'what sends load: built-in, wrk or h2load', 'built-in')
    .option(
      '--cores <count>',
      'cores for each contender (default: 1, or all when one has workers); the generator gets the others',
    )
    .addOption(databaseOption)
    .addOption(upstreamOption)
}

/** A command that only tells, as text or as data. */
export const tellingCommand = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .option('--json', 'print data instead of text', false)
