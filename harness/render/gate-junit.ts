// What a gate found, for CI: one test case per criterion. What blocks turns red; what only informs, or nobody judged, is told as skipped.
import type { EntryOf } from '../model/entry.ts'
import type { GateFinding, GateJudgement } from '../model/gate-finding.ts'
import { stateOf } from './gate-words.ts'
import { pointer } from './words.ts'

type Outcome = 'passed' | 'failure' | 'error' | 'skipped'

/** Criteria that were skipped on demand are errors like what is not proved: a pipeline must not turn green by leaving something out. */
export function gateSuite({ phase, profile, findings }: GateJudgement, { run, runtime }: Pick<EntryOf<'run-opened'>, 'run' | 'runtime'>): object {
  const properties = { run, runtime, profile }
  return {
    '@name': phase,
    ...counts(findings),
    properties: { property: Object.entries(properties).map(([key, value]) => ({ '@name': key, '@value': value })) },
    testcase: findings.map((finding) => caseXml(phase, finding)),
  }
}

export function gateCounts(gates: readonly GateJudgement[]): Counts {
  return counts(gates.flatMap(({ findings }) => findings))
}

function caseXml(phase: string, finding: GateFinding): object {
  const { criterion, because, lines } = finding
  const outcome = outcomeOf(finding)
  const text = [criterion.claim, because, pointer(lines)].filter(Boolean).join('\n')
  const message = outcome === 'skipped' ? `${stateOf(finding)}: ${because}` : because
  const told = { '@message': message, ...(outcome === 'skipped' ? {} : { '@type': criterion.check?.kind ?? 'undecidable', '#': text }) }
  return {
    '@classname': phase,
    '@name': `${criterion.id}: ${criterion.question}`,
    '@time': '0',
    ...(outcome === 'passed' ? { 'system-out': text } : { [outcome]: told }),
  }
}

function outcomeOf(finding: GateFinding): Outcome {
  const state = stateOf(finding)
  if (state === 'pass') return 'passed'
  if (finding.criterion.weight === 'advisory' || state === 'undecidable' || state === 'later') return 'skipped'
  return state === 'fail' ? 'failure' : 'error'
}

type Counts = Readonly<Record<string, number>>

function counts(findings: readonly GateFinding[]): Counts {
  const of = (wanted: Outcome) => findings.filter((finding) => outcomeOf(finding) === wanted).length
  return { '@tests': findings.length, '@failures': of('failure'), '@errors': of('error'), '@skipped': of('skipped') }
}
