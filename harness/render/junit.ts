// The report for CI: one test case per criterion; fail is a failure and inconclusive an error, so neither turns green.
import { create } from 'xmlbuilder2'
import type { Finding, JudgedDrill, Judgement } from '../model/finding.ts'
import type { GateJudgement } from '../model/gate-finding.ts'
import type { RunRecord } from '../model/record.ts'
import type { Verdict } from '../model/verdict.ts'
import { gateCounts, gateSuite } from './gate-junit.ts'
import { endOfRun, fidelity, iso, pointer } from './words.ts'

interface Case {
  readonly name: string
  readonly verdict: Verdict
  readonly because: string
  readonly lines: readonly number[]
  readonly kind: string
}

interface Suite {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly cases: readonly Case[]
}

/** Of a run that was made for phases their criteria, which say which of its drills decide; else those of its drills. */
export function renderJunit(record: RunRecord, judgement: Judgement, gates: readonly GateJudgement[] = []): string {
  const suites = [...(gates.length > 0 ? [] : judgement.drills.map((drill) => suiteOf(drill, record))), ...runSuite(record)]
  const document = {
    testsuites: {
      '@name': judgement.run,
      ...added(counts(suites.flatMap(({ cases }) => cases)), gateCounts(gates)),
      '@time': seconds(endOfRun(record) - record.opened.at),
      testsuite: [...gates.map((gate) => gateSuite(gate, record.opened)), ...suites.map((suite) => suiteXml(suite, record))],
    },
  }
  // Whatever a log line held, the file must stay readable.
  const options = { version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' } as const
  return `${create(options, document).end({ prettyPrint: true })}\n`
}

function suiteOf({ id, verdict, because, findings }: JudgedDrill, record: RunRecord): Suite {
  const drill = record.drills.find((one) => one.id === id)
  const from = drill?.openedAt ?? record.opened.at
  const whole: Case = { name: 'the drill is carried out', verdict, because, lines: [], kind: 'drill' }
  const cases = findings.length === 0 ? [whole] : findings.map(caseOf)
  return { name: id, from, to: drill?.closed?.at ?? drill?.entries.at(-1)?.at ?? from, cases }
}

function caseOf({ sentence, verdict, because, lines, criterion }: Finding): Case {
  return { name: sentence, verdict, because, lines, kind: criterion.kind }
}

/** A run that did not go to its end must not look like one that did. */
function runSuite(record: RunRecord): readonly Suite[] {
  const failures = record.failures.map(({ step, message, hint, seq }): Case => {
    return { name: step, verdict: 'inconclusive', because: `${message}. To do: ${hint}`, lines: [seq], kind: 'run' }
  })
  const unfinished =
    record.closed === undefined ? 'interrupted: the journal ends before the run does' : `the run was ${record.closed.reason}`
  const end: readonly Case[] =
    record.closed?.reason === 'completed'
      ? []
      : [{ name: 'the run goes to its end', verdict: 'inconclusive', because: unfinished, lines: [], kind: 'run' }]
  const cases = [...failures, ...end]
  return cases.length === 0 ? [] : [{ name: 'run', from: record.opened.at, to: endOfRun(record), cases }]
}

function suiteXml({ name, from, to, cases }: Suite, record: RunRecord): object {
  const { run, runtime } = record.opened
  const properties = { run, runtime, fidelity: fidelity(record) }
  return {
    '@name': name,
    ...counts(cases),
    '@time': seconds(to - from),
    '@timestamp': iso(from),
    properties: { property: Object.entries(properties).map(([key, value]) => ({ '@name': key, '@value': value })) },
    testcase: cases.map((one) => caseXml(name, one)),
  }
}

function caseXml(suite: string, { name, verdict, because, lines, kind }: Case): object {
  const text = [because, pointer(lines)].filter(Boolean).join('\n')
  const problem = { '@message': because, '@type': kind, '#': text }
  return {
    '@classname': suite,
    '@name': name,
    '@time': '0',
    ...(verdict === 'fail' ? { failure: problem } : {}),
    ...(verdict === 'inconclusive' ? { error: problem } : {}),
    ...(verdict === 'pass' ? { 'system-out': text } : {}),
  }
}

type Counts = Readonly<Record<string, number>>

function added(one: Counts, other: Counts): Counts {
  return Object.fromEntries(Object.entries(one).map(([name, amount]) => [name, amount + (other[name] ?? 0)]))
}

function counts(cases: readonly Case[]): Counts {
  const of = (wanted: Verdict) => cases.filter(({ verdict }) => verdict === wanted).length
  return { '@tests': cases.length, '@failures': of('fail'), '@errors': of('inconclusive'), '@skipped': 0 }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}
