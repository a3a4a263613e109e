// The words all renderings share: verdicts, moments, fidelity. Nothing here knows what time it is now.
import { humanDuration } from '../model/duration.ts'
import type { Verdict } from '../model/verdict.ts'
import type { JudgedDrill, Judgement } from '../model/finding.ts'
import type { RunRecord } from '../model/record.ts'

/** The name of the journal beside a report. */
export const JOURNAL = 'journal.jsonl'

/** What a verdict means for whoever wants to ship. */
export const MEANING: Readonly<Record<Verdict, string>> = {
  pass: 'Ready',
  fail: 'Not ready',
  inconclusive: 'Not proved',
}

/** UTC, ISO 8601. */
export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** One line without control characters: what a system wrote must not steer a terminal. */
export function flat(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ')
}

/** When the last line of a run was written. */
export function endOfRun(record: RunRecord): number {
  return record.closed?.at ?? record.entries.at(-1)?.at ?? record.opened.at
}

/** How faithful the run was to production. */
export function fidelity({ opened: { acceleration, floors } }: RunRecord): string {
  if (acceleration === 1) return 'rules as shipped'
  const bound = floors.map(({ what, wanted, used }) => `${what} ${used} instead of ${wanted}`)
  return `accelerated ${acceleration}x${bound.length === 0 ? '' : `: ${bound.join(', ')}`}`
}

/** Lines of the journal for people: `journal.jsonl:12, 15-17`. */
export function pointer(lines: readonly number[]): string {
  const sorted = [...new Set(lines)].sort((a, b) => a - b)
  const spans: [number, number][] = []
  for (const line of sorted) {
    const last = spans.at(-1)
    if (last !== undefined && line === last[1] + 1) last[1] = line
    else spans.push([line, line])
  }
  const shown = spans.slice(0, 5).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  return spans.length === 0 ? '' : `${JOURNAL}:${shown.join(', ')}${spans.length > 5 ? ' ...' : ''}`
}

export interface TopReason {
  readonly verdict: Verdict
  /** Empty for what went wrong outside any drill. */
  readonly drill: string
  /** Empty when the whole drill is meant. */
  readonly what: string
  readonly because: string
  readonly lines: readonly number[]
}

/** Everything that keeps a run from passing: failures first, then what cannot be judged, in the order of the drills. */
export function reasonsOf(record: RunRecord, { drills }: Judgement): readonly TopReason[] {
  const outside = record.failures.map((failure): TopReason => {
    const { step, message, hint, seq } = failure
    return { verdict: 'inconclusive', drill: '', what: step, because: `${message}. To do: ${hint}`, lines: [seq] }
  })
  const inside = drills.flatMap(reasonsOfDrill)
  const all = [...outside, ...inside]
  return [
    ...all.filter(({ verdict }) => verdict === 'fail'),
    ...all.filter(({ verdict }) => verdict === 'inconclusive'),
  ]
}

function reasonsOfDrill(drill: JudgedDrill): readonly TopReason[] {
  const open = drill.findings.filter((finding) => finding.verdict !== 'pass')
  if (!isWhole(drill)) return open.map((finding) => ({ ...finding, drill: drill.id, what: finding.sentence }))
  const { id, verdict, because } = drill
  return verdict === 'pass' ? [] : [{ verdict, drill: id, what: '', because, lines: open[0]?.lines ?? [] }]
}

/** A drill that broke off has one reason, not one for each of its criteria. */
export function isWhole({ because, findings }: Pick<JudgedDrill, 'because' | 'findings'>): boolean {
  return findings.every((finding) => finding.verdict === 'pass' || finding.because === because)
}

/** `41.2 s`, or nothing for a time that was not measured or has no limit. */
export function duration(ms: number | undefined): string {
  return ms === undefined ? '' : humanDuration(ms)
}
