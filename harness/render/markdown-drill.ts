// One drill in the Markdown report: findings, measured times, a picture, blast radius, and whatever else happened.
import { humanDuration } from '../model/duration.ts'
import { wordOf } from '../model/fault.ts'
import type { Finding, JudgedDrill } from '../model/finding.ts'
import type { DrillRecord, FaultRecord, RunRecord } from '../model/record.ts'
import { lineFor } from './line-for.ts'
import { plain, table } from './markdown-table.ts'
import { timelineOf } from './timeline.ts'
import { duration, iso, JOURNAL, pointer } from './words.ts'

/** Happenings no drill should have; each is worth a line. */
const INCIDENTS: ReadonlySet<string> = new Set(['service-died', 'proxy-restarted', 'step-failed', 'release-failed'])

export function drillSection(judged: JudgedDrill, run: RunRecord): readonly string[] {
  const record = run.drills.find(({ id }) => id === judged.id)
  return [
    `## ${plain(judged.id)}: ${judged.verdict}`,
    '',
    ...(judged.title === judged.id ? [] : [`*${plain(judged.title)}*`, '']),
    ...(judged.findings.length === 0 ? [`${plain(judged.because)}.`, ''] : findings(judged.findings)),
    ...times(judged.findings, run.opened.acceleration),
    ...(record === undefined ? [] : [...picture(record), ...blastRadius(record), ...incidents(record)]),
  ]
}

function findings(all: readonly Finding[]): readonly string[] {
  const rows = all.map(({ verdict, sentence, because, lines }) => {
    return [`**${verdict}**`, plain(sentence), plain(because), lines.length === 0 ? '' : `\`${pointer(lines)}\``]
  })
  return table(['verdict', 'criterion', 'because', 'journal'], rows)
}

function times(all: readonly Finding[], acceleration: number): readonly string[] {
  const accelerated = acceleration !== 1
  const rows = all.flatMap(({ criterion, times: measured }) =>
    measured.map(({ name, ms, limitMs }) => {
      const real = [
        plain('alert' in criterion ? criterion.alert : criterion.kind),
        name,
        duration(ms),
        duration(limitMs),
      ]
      const production = [duration(ms * acceleration), limitMs === undefined ? '' : duration(limitMs * acceleration)]
      return accelerated ? [...real, ...production] : real
    }),
  )
  const head = [
    'of',
    'time',
    'measured',
    'allowed',
    ...(accelerated ? ['measured, production', 'allowed, production'] : []),
  ]
  return table(head, rows)
}

function picture(record: DrillRecord): readonly string[] {
  const drawn = timelineOf(record)
  return drawn === undefined ? [] : ['```text', drawn, '```', '']
}

function blastRadius({ faults }: DrillRecord): readonly string[] {
  if (faults.length === 0) return ['Blast radius: no fault was applied.', '']
  return [
    'Blast radius:',
    '',
    ...table(['fault', 'target', 'applied', 'proved', 'held', 'gone', 'journal'], faults.map(faultRow)),
  ]
}

/** Its word and its target have places of their own; what a program is told stands in the place of `with`. */
const TOLD_ELSEWHERE = ['kind', 'edge', 'service', 'from', 'script', 'with']

function faultRow({ fault, target, appliedAt, proof, revertedAt, goneProof, lines }: FaultRecord): readonly string[] {
  const { for: length, ...settings } = { ...fault, ...('with' in fault ? fault.with : {}) }
  const own = Object.entries(settings).filter(([name]) => !TOLD_ELSEWHERE.includes(name))
  return [
    plain([wordOf(fault), ...own.map(([name, value]) => `${name}=${value}`), `for=${length}`].join(' ')),
    plain(target),
    appliedAt === undefined ? 'never' : iso(appliedAt),
    proof === undefined
      ? 'never'
      : `${proof.holds ? '' : '**no**: '}${plain(`${proof.what}: ${proof.before} -> ${proof.seen}`)}`,
    appliedAt === undefined || revertedAt === undefined ? '' : humanDuration(revertedAt - appliedAt),
    goneProof === undefined ? 'never' : `${goneProof.holds ? '' : '**no**: '}${plain(goneProof.seen)}`,
    `\`${pointer(lines)}\``,
  ]
}

function incidents({ entries }: DrillRecord): readonly string[] {
  const odd = entries.filter(({ type }) => INCIDENTS.has(type))
  if (odd.length === 0) return []
  return [
    'What else happened:',
    '',
    ...odd.map((entry) => `- ${iso(entry.at)} ${plain(lineFor(entry) ?? entry.type)} (\`${JOURNAL}:${entry.seq}\`)`),
    '',
  ]
}
