/** What a user meets who writes something wrong: one message with the cure, nothing started. */
import t from 'tap'
import { parseContenders } from '../../bench/contenders/parse.ts'
import { enter, isRefusal, type Mistake } from '../helpers/refusal.ts'
import { ownHome } from '../helpers/own-home.ts'
import { runMain } from '../helpers/run-main.ts'

const usage: readonly Mistake[] = [
  ['bnech', 'UNKNOWN_COMMAND', ["'bnech'", 'Did you mean bench?', 'gapwise --help']],
  ['bench --buget 3m', 'UNKNOWN_OPTION', ["'--buget'", 'Did you mean --budget?']],
  ['bench --budget', 'OPTION_MISSING_ARGUMENT', ['--budget <duration>']],
  ['serve', 'MISSING_ARGUMENT', ["'profile'"]],
  ['serve tuned pooled', 'EXCESS_ARGUMENTS', ['tuned, pooled']],
  ['diff baseline tuned --measure --results x', 'CONFLICTING_OPTION', ['--results', '--measure']],
  ['report --format html', 'INVALID_ARGUMENT', ['html', 'text, md, overview, json']],
  ['bench basline', 'UNKNOWN_CONTENDER', ['"basline"', 'Did you mean "baseline"?', 'express']],
  ['bench expres', 'UNKNOWN_CONTENDER', ['"expres"', 'Did you mean "express"?']],
  [
    'bench baseline+prepard-statements',
    'UNKNOWN_TOGGLE',
    ['"prepard-statements"', 'Did you mean "prepared-statements"?'],
  ],
  ['bench baseline tuned~wrokers', 'UNKNOWN_TOGGLE', ['"wrokers"', 'Did you mean "workers"?']],
  ['bench tuned~workers=3', 'BAD_SPEC', ['~workers=3', 'Write ~workers.']],
  ['bench baseline+workers=3', 'BAD_OPTIONS', ['+workers', 'found 3']],
  ['bench baseline+database-pool={"mx":4}', 'BAD_OPTIONS', ['/mx', 'Options: max']],
  [
    'bench baseline+connection-per-request+prepared-statements',
    'TOGGLE_CLASH',
    ['"connection-per-request"', '"prepared-statements"', 'Switch one off'],
  ],
  ['bench express:defualt', 'UNKNOWN_LEVEL', ['"defualt"', 'Did you mean "default"?']],
  ['bench baseline:default', 'UNKNOWN_CONTENDER', ['only peers have levels', 'write baseline']],
  ['bench db', 'UNKNOWN_CONTENDER', ['It is a workload: write --workload db']],
  ['bench localhost:3000', 'UNKNOWN_CONTENDER', ['http://localhost:3000']],
  ['bench profiles/tund.json', 'UNKNOWN_PROFILE', ['tund.json', 'tuned']],
  ['bench ./no-such-peer', 'PEER_MANIFEST', ['no-such-peer/peer.json', 'bench/peers/README.md']],
  ['bench https://127.0.0.1:3000', 'URL_FORM', ['plain http', 'http://host:port']],
  ['bench baseline --workload jsn', 'UNKNOWN_WORKLOAD', ['"jsn"', 'Did you mean "json"?']],
  ['bench baseline --workload ,', 'NO_WORKLOAD', ['--workload', 'json,db']],
  ['bench baseline --budget 0', 'BUDGET_TOO_SMALL', ['0 s', 'Use --budget']],
  ['bench baseline --budget abc', 'BAD_DURATION', ['--budget', '90s or 3m', '"abc"']],
  ['bench baseline --budget -3m', 'BAD_DURATION', ['"-3m"']],
  ['bench baseline --connections 0', 'BAD_NUMBER', ['--connections', '1 to 1000', '"0"']],
  ['bench baseline --connections ,', 'BAD_CONNECTIONS', ['--connections', 'none']],
  ['bench baseline --rate 0', 'BAD_NUMBER', ['--rate', '1 to 1000000', '"0"']],
  ['bench baseline --rate ,', 'BAD_NUMBER', ['--rate', '","']],
  [
    'bench baseline --rate 3000 --engine wrk',
    'ENGINE_UNSUPPORTED',
    ['wrk cannot send at a fixed rate', 'leave out --engine'],
  ],
  ['bench baseline --rate 3000 --vcpu-price x', 'BAD_PRICE', ['--vcpu-price', '0.04', '"x"']],
  ['bench baseline --vcpu-price 0.04', 'PRICE_WITHOUT_RATE', ['Add --rate 3000']],
  ['bench baseline --seed x', 'BAD_NUMBER', ['--seed', '"x"']],
  ['bench baseline --cores 9999', 'BAD_NUMBER', ['--cores', '"9999"']],
  ['bench baseline --engine warp', 'UNKNOWN_ENGINE', ['"warp"', 'built-in, wrk, h2load']],
  ['bench baseline --out package.json', 'OUT_EXISTS', ['package.json', '--out']],
  ['bench baseline --out no-such-folder/x.json', 'OUT_NOT_WRITABLE', ['no-such-folder', '--out']],
  [
    'bench baseline tuned --against pooled',
    'NOT_A_PEER',
    ['--against takes peers such as gin:tuned', 'pooled is a profile'],
  ],
  ['bench baseline tuned --against expres', 'UNKNOWN_CONTENDER', ['Did you mean "express"?']],
  ['bench baseline tuned --against ,', 'NO_PEER', ['--against', 'gin:tuned']],
  ['bench baseline --against express:default', 'AGAINST_ALONE', ['name one, such as tuned']],
  ['bench express tuned --against express', 'AGAINST_BASE', ['express:default', 'the base']],
  ['bench baseline tuned --against express --sweep', 'STUDY_ALONE', ['--against', '--sweep']],
  [
    'bench ./docs/own-service --workload updates',
    'NOTHING_OFFERED',
    ['updates, which ./docs/own-service:default', '--workload'],
  ],
  ['peers expres', 'UNKNOWN_PEER', ['"expres"', 'Did you mean "express"?']],
  ['peers install expres', 'UNKNOWN_PEER', ['"expres"', 'Did you mean "express"?']],
  ['serve tunde', 'UNKNOWN_PROFILE', ['"tunde"', 'Did you mean "tuned"?']],
  ['serve tuned --port 99999', 'BAD_PORT', ['--port', '1 to 65535', '"99999"']],
  ['diff baseline tunde', 'UNKNOWN_PROFILE', ['"tunde"', 'Did you mean "tuned"?']],
  [
    'diff baseline tuned --results missing.json',
    'RESULT_UNREADABLE',
    ['missing.json', 'gapwise bench'],
  ],
  ['report missing.json', 'RESULT_UNREADABLE', ['missing.json']],
  ['verify basline', 'UNKNOWN_CONTENDER', ['Did you mean "baseline"?']],
  ['seed', 'NO_DATABASE_URL', ['--database-url']],
  ['noise basline', 'UNKNOWN_CONTENDER', ['Did you mean "baseline"?']],
  ['noise http://127.0.0.1:9', 'NOT_FRESH', ['two fresh processes']],
  ['selftest --budget 5s', 'BUDGET_TOO_SMALL', ['60s', '"5s"']],
]

t.test('words that cannot be meant are refused before anything starts', async (t) => {
  const home = ownHome(t)
  enter(t, home)
  for (const [line, code, says] of usage)
    await t.test(line, async (t) => {
      isRefusal(t, await runMain(line.split(' ')), { exit: 2, code, says })
      t.ok(home.isUntouched(), 'no supervisor, so no PostgreSQL and no server')
    })
  t.strictSame(await home.untilClean(), [])
})

t.test('help begins with examples', async (t) => {
  for (const argv of [['--help'], [], ['help'], ['bench', '--help'], ['diff', '-h']]) {
    const { code, out, err } = await runMain(argv)
    t.equal(code, 0, argv.join(' '))
    t.match(out, /^Examples:\n {2}npm start -- tuned /)
    t.equal(err, '')
  }
})

t.test('without names three contenders are measured, so that a first run is short', async (t) => {
  const { out } = await runMain(['bench', '--help'])
  const [, words = '[]'] = /default: (\["baseline"[^\]]*\])/.exec(out.replaceAll(/\s+/g, ' ')) ?? []
  const contenders = await parseContenders(JSON.parse(words))
  t.strictSame(
    contenders.map(({ id }) => id),
    ['baseline', 'tuned', 'express:default'],
  )
})

t.test('help on an unknown command is a mistake', async (t) => {
  const { code, out, err } = await runMain(['help', 'bnech'])
  t.equal(code, 2)
  t.equal(out, '')
  t.match(err, /^Examples:/)
})
