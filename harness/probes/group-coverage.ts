// How well rule evaluation covered a window: no alert is good news only where its rule was really evaluated, all the
// time.
import type { GroupCoverage, PointSeries, Window } from '../model/evidence.ts'
import type { LoadedGroup } from './loaded-rules.ts'

/** Beyond this many intervals and one scrape the evaluations seen leave a hole. */
const INTERVALS = 4
const NO_SAMPLES =
  'Prometheus has no samples of its own rule evaluations in the window: it was not running or does not scrape itself'

export interface Evaluations {
  readonly window: Window
  readonly scrapeMs: number
  readonly groups: readonly LoadedGroup[]
  /** Samples of prometheus_rule_group_last_evaluation_timestamp_seconds. */
  readonly evaluated: readonly PointSeries[]
  /** Samples of prometheus_rule_evaluation_failures_total. */
  readonly failures: readonly PointSeries[]
}

/** One entry per group name; where files share a name, the worse of them. */
export function groupCoverage({ window, groups, evaluated, failures }: Evaluations): readonly GroupCoverage[] {
  const byName = new Map<string, GroupCoverage>()
  for (const group of groups) {
    const own = coverageOf(window, group, samplesOf(evaluated, group))
    const other = byName.get(group.name)
    const worse = other && other.longestGapMs > own.longestGapMs ? other : own
    const failed = other?.failed ?? samplesOf(failures, group).some(({ points }) => rose(points))
    byName.set(group.name, { ...worse, ...(failed && { failed }) })
  }
  return [...byName.values()]
}

/** One sentence on what the evaluations leave open, or undefined when there were enough. What failed stands with its group. */
export function coverageGap(asked: Evaluations): string | undefined {
  const { groups, evaluated, scrapeMs } = asked
  if (groups.length === 0) return 'Prometheus has no rule group loaded'
  if (evaluated.length === 0) return NO_SAMPLES
  const holes = groupCoverage(asked).filter(({ evaluations, longestGapMs, intervalMs }) => {
    return evaluations === 0 || longestGapMs > INTERVALS * intervalMs + scrapeMs
  })
  const [hole] = holes.toSorted((a, b) => b.longestGapMs - a.longestGapMs)
  return hole && holeText(hole)
}

function holeText({ group, longestGapMs, intervalMs }: GroupCoverage): string {
  return `Prometheus did not evaluate group ${group} for ${longestGapMs / 1_000} s (interval ${intervalMs / 1_000} s)`
}

function coverageOf(window: Window, { name, interval }: LoadedGroup, series: readonly PointSeries[]): GroupCoverage {
  const seen = series.flatMap(({ points }) => points.map(([, seconds]) => Math.round(seconds * 1_000)))
  const times = [...new Set(seen)].filter((time) => time >= window.from && time <= window.to).toSorted((a, b) => a - b)
  const marks = [window.from, ...times, window.to]
  const gaps = marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark))
  return { group: name, intervalMs: interval * 1_000, evaluations: times.length, longestGapMs: Math.max(...gaps) }
}

function samplesOf(series: readonly PointSeries[], { file, name }: LoadedGroup): readonly PointSeries[] {
  return series.filter(({ labels }) => labels.rule_group === `${file};${name}`)
}

/** Whether a counter rose anywhere in its samples; a restart begins at zero again. */
function rose(points: PointSeries['points']): boolean {
  return points.some(([, value], index) => {
    const before = points[index - 1]?.[1]
    return before !== undefined && value !== before && value > 0
  })
}
