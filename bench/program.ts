/** The commands and options of the command line, with their help. */
import { Command, Option } from 'commander'
import type { Io } from './io.ts'

const examples = `Examples:
  npm start -- tuned                                   serve a profile on port 3000
  npm run bench                                        baseline, tuned and express:default, in three minutes
  npm run bench -- baseline tuned --workload db        only what you name
  npm run bench -- baseline tuned --rate 3000          vCPU and latency at your own traffic
  npm run bench -- tuned gin:tuned --rate 30%,60%      at a share of each one's own capacity
  npm run bench -- tuned --workload json --sweep       latency against load, and where it bends
  npm run bench -- tuned --workload db --slo p99=10ms  the highest rate that holds
  npm run diff -- baseline tuned                       what differs, and what it is worth
  npm run gapwise -- toggles                           every performance decision; with a name its page
`

const workloadOption = (names: string): Option =>
  new Option(
    '--workload <names>',
    'workloads, or files of mixes such as ./shop.json, separated by commas',
  ).default(names)

const databaseOption = new Option(
  '--database-url <url>',
  'a PostgreSQL server of your own instead of the embedded one',
).env('DATABASE_URL')

const priceOption = new Option(
  '--vcpu-price <price>',
  'of one vCPU for an hour, such as 0.04: tells what each contender costs a month at --rate',
)

const upstreamOption = new Option(
  '--upstream-latency <duration>',
  'what the downstream services of /fanout and /checkout take, such as 10ms',
).default('0ms')

function measuringOptions(command: Command, workload = 'json,db,queries'): Command {
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

const tellingCommand = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .option('--json', 'print data instead of text', false)

/**
 * The commands as a table; each is loaded only when it is called.
 * @param finish is told the exit code of the command that ran
 */
export function createProgram(io: Io, finish: (code: number) => void): Command {
  const program = new Command('gapwise')
    .description('Which stack, and which tuning, is really faster, and by how much?')
    .addHelpText('beforeAll', examples)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      // Errors of usage are worded in main(), like all others.
      outputError: () => undefined,
    })

  program
    .command('serve')
    .description('serve a profile, with everything that it needs beside it')
    .argument('<profile>', 'a profile, bent if you like with +toggle or ~toggle')
    .option('--port <number>', 'port to listen on', '3000')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(databaseOption)
    .addOption(upstreamOption)
    .action(async (profile: string, options) =>
      finish(await (await import('./commands/serve.ts')).serve(profile, options, io)),
    )

  measuringOptions(program.command('bench'))
    .description('measure contenders against the first of them')
    .argument('[contenders...]', 'profiles, peers, folders with a peer.json, or URLs', [
      'baseline',
      'tuned',
      'express:default',
    ])
    .option(
      '--sweep',
      "latency against load, from 10 % to 110 % of each contender's capacity",
      false,
    )
    .option('--slo <limits>', 'the highest rate that keeps a limit, such as p99=10ms')
    .addOption(priceOption)
    .option(
      '--footprint',
      'also start-up, memory, garbage, calls, idle connections and size on disk (9 s per contender and block)',
      false,
    )
    .option(
      '--control',
      'measure the base twice, hidden: where it differs from itself no verdict is given',
      false,
    )
    .option('--out <file>', 'where to write the result (default: bench/results/ID.json)')
    .option('--json', 'print the result document instead of tables', false)
    .option('--strict', 'end with code 3 when a gate fails (a noisy machine, say)', false)
    .action(async (contenders: string[], options) =>
      finish(await (await import('./commands/bench.ts')).bench(contenders, options, io)),
    )

  measuringOptions(program.command('diff'))
    .description(
      'what differs between two profiles, in configuration and in measured effect; or between two result files',
    )
    .argument('<a>', 'a profile, or the older result file')
    .argument('<b>', 'another profile, or the newer result file')
    .option('--measure', 'measure both now', false)
    .addOption(
      new Option('--results <file>', 'take the measured effect from this result file').conflicts(
        'measure',
      ),
    )
    .option(
      '--allow-different',
      'compare result files although machine, versions or design differ',
      false,
    )
    .option('--json', 'print data instead of text', false)
    .action(async (a: string, b: string, options) =>
      finish(await (await import('./commands/diff.ts')).diff(a, b, options, io)),
    )

  program
    .command('report')
    .description('show a result file; the newest when none is named')
    .argument('[result]', 'a result file')
    .addOption(
      new Option(
        '--format <name>',
        'text, md, json, or overview: one Markdown table for all workloads',
      )
        .choices(['text', 'md', 'overview', 'json'])
        .default('text'),
    )
    .option('--workload <names>', 'only these workloads, separated by commas')
    .option('--contender <names>', 'only these contenders and the base')
    .addOption(priceOption)
    .action(async (result: string | undefined, options) =>
      finish(await (await import('./commands/report.ts')).report(result, options, io)),
    )

  program
    .command('verify')
    .description('check that contenders keep the contract')
    .argument('<contenders...>', 'profiles, peers, folders or URLs')
    .addOption(databaseOption)
    .addOption(upstreamOption)
    .action(async (contenders: string[], options) =>
      finish(
        await (await import('./commands/verify.ts')).verifyContenders(contenders, options, io),
      ),
    )

  program
    .command('seed')
    .description('fill an empty database of your own with the rows of the contract')
    .addOption(databaseOption)
    .action(async (options) => finish(await (await import('./commands/seed.ts')).seed(options, io)))

  tellingCommand(program, 'toggles', 'the performance decisions, or the page of one')
    .argument('[name]', 'a toggle')
    .action(async (name: string | undefined, options) =>
      finish(await (await import('./commands/toggles.ts')).toggles(name, options, io)),
    )

  tellingCommand(
    program,
    'profiles',
    'the profiles, or what is on in one and where that was decided',
  )
    .argument('[name]', 'a profile, bent if you like, or a .json file')
    .action(async (name: string | undefined, options) =>
      finish(await (await import('./commands/profiles.ts')).profiles(name, options, io)),
    )

  tellingCommand(program, 'workloads', 'the workloads').action(async (options) =>
    finish(await (await import('./commands/workloads.ts')).workloads(options, io)),
  )
  measuringOptions(program.command('noise'), 'json')
    .description(
      'how far two identical servers seem to differ on this machine; kept for later runs',
    )
    .argument('[contenders...]', 'a profile or a peer, measured against itself (default: baseline)')
    .option(
      '--compare-designs',
      'take windows in several ways on pairs of contenders: do the ways agree, and which is narrowest?',
      false,
    )
    .option('--json', 'print data instead of text', false)
    .action(async (contenders: string[], options) =>
      finish(await (await import('./commands/noise.ts')).noise(contenders, options, io)),
    )

  tellingCommand(program, 'selftest', 'plants slowdowns in a server; does the bench find them?')
    .option('--budget <duration>', 'time for measuring', '4m')
    .option('--seed <number>', 'fixes every order; drawn when absent')
    .option('--cores <count>', 'cores for each contender (default: 1)')
    .addOption(databaseOption)
    .action(async (options) =>
      finish(await (await import('./commands/selftest.ts')).selftest(options, io)),
    )

  tellingCommand(program, 'doctor', 'what is missing here or noisy, with the cure for each')
    .option('--reap', 'end what killed runs have left, as far as their records name it', false)
    .addOption(databaseOption)
    .action(async (options) =>
      finish(await (await import('./commands/doctor.ts')).doctor(options, io)),
    )
  return program
}
