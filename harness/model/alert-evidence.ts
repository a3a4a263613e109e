// Facts of the alert chain: rules and receivers as they are loaded, what alerts did, and what became of their notifications.
import type { Labels, Window } from './window.ts'

/** One alerting rule as Prometheus has loaded it, with what its detection time is derived from. Times in real milliseconds. */
export interface RuleFact {
  readonly alert: string
  readonly group: string
  readonly expr: string
  readonly labels: Labels
  readonly forMs: number
  readonly keepFiringMs: number
  readonly intervalMs: number
  /** The longest range the rule looks back over, recording rules included. */
  readonly windowMs: number
  /** How many recording rules stand between it and the samples, one above the other. */
  readonly depth: number
  readonly health: string
  readonly lastError?: string
}

/** The longest waits on the way to a receiver, over all routes that lead there. */
export interface ReceiverFact {
  readonly receiver: string
  readonly groupWaitMs: number
  readonly groupIntervalMs: number
  /** The shortest after which it is told again of what still fires; not on record in old runs. */
  readonly repeatIntervalMs?: number
}

export interface AlertSpans {
  readonly alert: string
  readonly labels: Labels
  readonly state: 'pending' | 'firing'
  /** From first to last sample of each unbroken stretch. */
  readonly spans: readonly Window[]
}

/** How well rule evaluation covered a window, per group, from the evaluation times Prometheus reports of itself. */
export interface GroupCoverage {
  readonly group: string
  readonly intervalMs: number
  readonly evaluations: number
  readonly longestGapMs: number
  /** Whether some rule of it could not be evaluated; absent when all could. */
  readonly failed?: true
}

export interface Notification {
  readonly alert: string
  readonly status: 'firing' | 'resolved'
  readonly labels: Labels
  readonly annotations: Labels
  readonly startsAt: number
}

/** One part of a rule's expression that has to have a result before the whole has one. */
export interface LinkFact {
  readonly kind: 'selector' | 'comparison' | 'join' | 'whole'
  readonly query: string
  /** Whether it had a result at any time in the window. */
  readonly present: boolean
  /** Of a selector: the metric it names, and whether rules record it. */
  readonly metric?: string
  readonly recorded?: boolean
  /** Of a selector without a result: labels it asks to be equal, and label sets that the metric does have, nearest first. */
  readonly labels?: Labels
  readonly known?: readonly Labels[]
  /** Of a comparison that never held: what was compared. */
  readonly condition?: string
  readonly lowest?: number
  readonly highest?: number
}

/** What went through one integration of Alertmanager's, such as `webhook`. */
export interface IntegrationFact {
  readonly integration: string
  /** Every attempt counts. */
  readonly requests: number
  readonly failed: number
  /** Why notifications were given up. */
  readonly reasons: readonly string[]
}
