// Matching of alerts by name and by some of their labels.
import type { Labels } from '../model/evidence.ts'

/** Whether `actual` carries all of `wanted`. */
export function carries(actual: Labels, wanted: Labels | undefined): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => actual[name] === value)
}

/** Whether `actual` does not contradict `wanted`: a label it lacks, or makes from a template, may still come. */
export function mayCarry(actual: Labels, wanted: Labels | undefined): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => {
    const own = actual[name]
    return own === undefined || own === value || own.includes('{{')
  })
}

/** The label set that agrees with most of `wanted`. */
export function nearestLabels<T extends { readonly labels: Labels }>(
  candidates: readonly T[],
  wanted: Labels | undefined,
): T | undefined {
  const agreement = (labels: Labels) =>
    Object.entries(wanted ?? {}).filter(([name, value]) => labels[name] === value).length
  return candidates.toSorted((a, b) => agreement(b.labels) - agreement(a.labels))[0]
}

/** One text for a label set, whatever the order of its keys. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(labels, Object.keys(labels).sort())
}
