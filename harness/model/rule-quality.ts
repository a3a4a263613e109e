// How good each alert rule was over many drills: the shape of `harness alerts quality`.
import type { RunsWithReason, Sighting } from './alert-coverage.ts'

/** From this many samples on the 95th percentile is more than the highest value under another name. */
export const LEAST_FOR_P95 = 20

/** All in production milliseconds: measured, times the acceleration. */
export interface TimeQuality {
  readonly samples: number
  readonly medianMs: number
  readonly high: 'p95' | 'highest'
  readonly highMs: number
  /** The derived budgets that it was held to; floors make them longer in a run that is accelerated. */
  readonly allowed?: { readonly leastMs: number; readonly mostMs: number }
  /** The smallest share of its budget that any sample left, below 0 when it was late. */
  readonly leastLeft?: number
}

/** Rules that raise the same alert count as one. */
export interface RuleQuality {
  readonly alert: string
  /** How often drills asked for it and a verdict was reached; how often it fired then. */
  readonly asked: number
  readonly fired: number
  /** Share of the asked that fired; undefined when it was never asked for. */
  readonly recall?: number
  /** The drills in which it fired unasked and not allowed: once each, whatever its label sets. The newest first. */
  readonly falseAlarms: readonly Sighting[]
  /** Wanted firings of all that count: those wanted, and false alarms. Undefined without any. */
  readonly precision?: number
  /** How many label sets began firing more than once while one fault held. */
  readonly flapped: number
  /** Quiet windows in which it was loaded, and in how many of them it fired. */
  readonly quiet: Quiet
  readonly detection?: TimeQuality
  readonly delivery?: TimeQuality
  readonly reset?: TimeQuality
}

export interface Quiet {
  readonly watched: number
  readonly fired: number
}

export interface AlertQuality {
  readonly runs: { readonly found: number; readonly counted: number; readonly leftOut: readonly RunsWithReason[]; readonly inPart: readonly RunsWithReason[] }
  readonly rules: readonly RuleQuality[]
  /** Of the runs that count for every rule; in production time. */
  readonly quiet: Quiet & { readonly ms: number }
  readonly accelerations: readonly number[]
}
