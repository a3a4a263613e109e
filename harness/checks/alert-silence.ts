// Why did an expected alert not fire? Walks from the rule back to its samples and names the first broken link.
import { humanDuration } from '../model/duration.ts'
import type { EvidenceOf, PointSeries } from '../model/evidence.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import type { AlertSight, Expected } from './alert-sight.ts'
import { brokenLink } from './broken-link.ts'
import { carries, mayCarry, nearestLabels } from './labels.ts'
import { count, sayLabels, sayMissing, sayNumber } from './wording.ts'

type Signal = EvidenceOf<'rule-signal'>['value']

export interface Reason {
  readonly text: string
  /** Holding the fault longer could not help: the rule itself is broken. */
  readonly final: boolean
}

export function whySilent(criterion: Expected, sight: AlertSight, record: DrillRecord): Reason {
  const broken = sight.rules.find(({ health, lastError }) => health === 'err' || Boolean(lastError))
  if (broken !== undefined)
    return { text: `its rule cannot be evaluated: ${broken.lastError ?? broken.health}`, final: true }
  const text = otherLabels(criterion, sight) ?? tooShort(criterion, sight) ?? brokenLink(criterion.alert, record) ?? signalReason(criterion, sight, record)
  return { text, final: false }
}

/** It fired, but not as the criterion names it. */
function otherLabels({ labels }: Expected, { stretches }: AlertSight): string | undefined {
  const other = stretches.filter((stretch) => stretch.state === 'firing' && !carries(stretch.labels, labels))
  const near = nearestLabels(other, labels)
  return near && `it fired with ${sayLabels(near.labels)}, wanted ${sayLabels(labels)}`
}

/** It got pending, but its condition did not last. */
function tooShort({ labels }: Expected, { stretches, rules }: AlertSight): string | undefined {
  const pending = stretches.filter((stretch) => stretch.state === 'pending' && carries(stretch.labels, labels))
  if (pending.length === 0) return undefined
  const longest = Math.max(...pending.map(({ from, to }) => to - from))
  const needed = Math.max(...rules.map(({ forMs }) => forMs))
  const times = pending.length === 1 ? '' : ` at most, ${pending.length} times`
  return `it was pending for ${humanDuration(longest)}${times}, \`for\` needs ${humanDuration(needed)}`
}

function signalReason(criterion: Expected, sight: AlertSight, record: DrillRecord): string {
  const signal = evidenceOf(record, 'rule-signal').findLast(
    ({ evidence }) => evidence.value.alert === criterion.alert,
  )?.evidence
  if (signal === undefined) return 'it never became pending, and what its rule saw was not recorded'
  const { value } = signal
  const unsure = signal.covered ? '' : ` (seen in part only${sayMissing(signal.missing)})`
  const name = value.left || (sight.rules[0]?.expr ?? 'the expression')
  const own = value.series.filter(({ labels }) => mayCarry(labels, criterion.labels))
  const points = own.flatMap((series) => series.points).filter(([, amount]) => Number.isFinite(amount))
  if (value.series.length === 0) return `${name} matches nothing${unsure}`
  if (own.length === 0) {
    const near = sayLabels(nearestLabels(value.series, criterion.labels)?.labels)
    return `no series of ${name} can carry ${sayLabels(criterion.labels)}, the nearest is ${near}${unsure}`
  }
  if (points.length === 0) return `${name} never had a value${unsure}`
  return `${thresholdReason(value, { own, sight, name })}${unsure}`
}

interface Look {
  readonly own: readonly PointSeries[]
  readonly sight: AlertSight
  readonly name: string
}

function thresholdReason(signal: Signal, { own, sight, name }: Look): string {
  if (signal.comparator === '') return `${name} returned ${count(own.length, 'series')}, yet it never became pending`
  const amounts = own
    .flatMap(({ points }) => points.map(([, amount]) => amount))
    .filter((amount) => Number.isFinite(amount))
  const condition = `${signal.comparator} ${sayNumber(signal.threshold)}`
  const downward = signal.comparator.startsWith('<')
  const extreme = amounts.reduce((a, b) => (downward ? Math.min(a, b) : Math.max(a, b)))
  const stretch = Math.max(...own.map((series) => longestStretch(series, signal)))
  if (stretch < 0)
    return `${downward ? 'lowest' : 'highest'} value of ${name} seen ${sayNumber(extreme)}, needs ${condition}`
  const needed = Math.max(...sight.rules.map(({ forMs }) => forMs))
  if (signal.partial) {
    const reached = `${name} reached ${sayNumber(extreme)}`
    return `${reached}, but the rule asks for more than \`${condition}\`: ${sight.rules[0]?.expr ?? ''}`
  }
  return `${name} was ${condition} for ${humanDuration(stretch)} at most, \`for\` needs ${humanDuration(needed)}`
}

/**
 * Milliseconds between the first and the last of the most points in a row that meet the threshold; -1 when none does.
 * Series may be thinned to their extremes, so a pause is only one when it is longer than such series have.
 */
function longestStretch({ points }: PointSeries, { comparator, threshold, stepMs }: Signal): number {
  const spacing = ((points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0)) / Math.max(1, points.length - 1)
  const pause = Math.max(2 * stepMs, 4 * spacing)
  let longest = -1
  let began: number | undefined
  let last = 0
  for (const [t, amount] of points) {
    const unbroken = began !== undefined && t - last <= pause
    if (!reaches(amount, comparator, threshold)) began = undefined
    else {
      began = unbroken ? began : t
      longest = Math.max(longest, t - (began ?? t))
    }
    last = t
  }
  return longest
}

function reaches(amount: number, comparator: string, threshold: number): boolean {
  switch (comparator) {
    case '>':
      return amount > threshold
    case '>=':
      return amount >= threshold
    case '<':
      return amount < threshold
    case '<=':
      return amount <= threshold
    case '==':
      return amount === threshold
    case '!=':
      return amount !== threshold
    default:
      return false
  }
}
