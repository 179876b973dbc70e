/** The commands and options of the command line, with their help. */
import { Command, Option } from 'commander'
import type { Io } from './io.ts'
import {
  databaseOption,
  measuringOptions,
  priceOption,
  tellingCommand,
  upstreamOption,
} from './shared-options.ts'

const examples = `Examples:
  npm start -- tuned                                   serve a profile on port 3000
  npm run bench                                        baseline, tuned and express:default, in three minutes
  npm run bench -- baseline tuned --workload db        only what you name
  npm run bench -- baseline tuned --rate 3000          vCPU and latency at your own traffic
  npm run bench -- tuned gin:tuned --rate 30%,60%      at a share of each one's own capacity
  npm run bench -- tuned --workload json --sweep       latency against load, and where it bends
  npm run bench -- tuned --workload db --slo p99=10ms  the highest rate that holds
  npm run diff -- baseline tuned                       what differs, and what it is worth
  npm run bench -- baseline tuned --against gin        and how much of the gap to Gin is closed
  npm run gapwise -- toggles                           every performance decision; with a name its page
  npm run gapwise -- peers                             other frameworks, and what each needs here
`

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
      '--against <peers>',
      'measure these too, and tell how much of the gap to each is closed, as in gin:tuned,./my-app',
    )
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
    .addOption(
      new Option(
        '--out <file>',
        'where to write the result (default: bench/results/ID.json)',
      ).conflicts('resume'),
    )
    .option('--resume <file>', 'go on with a run of this very command that ended early')
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

  const peers = tellingCommand(
    program,
    'peers',
    'the reference apps in other frameworks and whether they can be measured here, or the page of one',
  )
    .argument('[name]', 'a peer, or a folder with a peer.json')
    .action(async (name: string | undefined, options) =>
      finish(await (await import('./commands/peers.ts')).peers(name, options, io)),
    )
  peers
    .command('install')
    .description('make what peers need before their first start; each is also made on first use')
    .argument('[names...]', 'peers as gin or gin:tuned, or folders (default: all)')
    .action(async (names: string[], _own, command: Command) =>
      finish(
        await (
          await import('./commands/peers-install.ts')
        ).installPeers(names, command.optsWithGlobals(), io),
      ),
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
