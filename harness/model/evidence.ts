// Every fact a probe can bring home. Evidence has no opinion: no threshold, no verdict, only what was seen and whether all of it was seen.
import type { Phase } from './criterion.ts'
import type { InvariantEvidence } from './invariant-evidence.ts'

export type Labels = Readonly<Record<string, string>>

/** Milliseconds since the epoch, both ends included. */
export interface Window {
  readonly from: number
  readonly to: number
}

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
}

export interface Notification {
  readonly alert: string
  readonly status: 'firing' | 'resolved'
  readonly labels: Labels
  readonly annotations: Labels
  readonly startsAt: number
}

/** One second of the load as users saw it. */
export interface LoadBucket {
  /** Start of the second, milliseconds since the epoch. */
  readonly t: number
  readonly invoked: number
  readonly good: number
  readonly bad: number
  readonly unknown: number
  readonly p50: number
  readonly p95: number
}

export interface SpanFact {
  readonly id: string
  readonly parent: string
  readonly service: string
  readonly name: string
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  readonly startMs: number
  readonly ms: number
  readonly error: boolean
  /** The callee a client span names: peer.service, else the database system, else the server address. */
  readonly peer: string
}

export interface TraceFact {
  readonly id: string
  /** When the operation began, by the clock of the load. */
  readonly t: number
  readonly phase: Phase | 'other'
  readonly op: string
  /** Quiet for long enough and without orphan spans before the deadline. */
  readonly complete: boolean
  /** Spans whose parent never arrived (the load's own root is not counted). */
  readonly orphans: number
  readonly spans: readonly SpanFact[]
}

export interface PointSeries {
  readonly labels: Labels
  /** [milliseconds since the epoch, value] */
  readonly points: readonly (readonly [number, number])[]
}

/** How many keys of each outcome have how many rows, and some keys of every unusual cell. */
export interface StoreTally {
  readonly outcome: 'acknowledged' | 'failed' | 'unknown'
  readonly rows: 0 | 1 | 'more'
  readonly keys: number
  readonly examples: readonly string[]
}

interface Values {
  rules: { readonly scrapeMs: number; readonly alerts: readonly RuleFact[]; readonly receivers: readonly ReceiverFact[] }
  /** `source` is the observer's name, such as `prometheus`; its clock is `offsetMs` ahead of ours, so ours = theirs - offsetMs. */
  clock: { readonly source: string; readonly offsetMs: number; readonly roundTripMs: number }
  targets: readonly { readonly job: string; readonly service: string; readonly health: string; readonly lastError: string }[]
  'active-alerts': readonly { readonly alert: string; readonly labels: Labels; readonly state: string; readonly since: number }[]
  alerts: { readonly window: Window; readonly series: readonly AlertSpans[]; readonly groups: readonly GroupCoverage[] }
  'rule-signal': {
    readonly alert: string
    readonly window: Window
    /** The side of the rule that is compared; empty when the expression has no comparison. */
    readonly left: string
    readonly comparator: string
    readonly threshold: number
    readonly partial: boolean
    readonly stepMs: number
    readonly series: readonly PointSeries[]
  }
  routing: readonly {
    readonly alert: string
    readonly labels: Labels
    readonly receivers: readonly string[]
    readonly silencedBy: readonly string[]
    readonly inhibitedBy: readonly string[]
  }[]
  delivery: { readonly receiver: string; readonly groupKey: string; readonly notifications: readonly Notification[] }
  load: { readonly scenario: string; readonly window: Window; readonly buckets: readonly LoadBucket[] }
  /** The dependencies that traces of the window show, against those of the stack: as `caller->callee`. */
  'traced-edges': {
    readonly window: Window
    /** Those that spans must show: their caller exports spans, and they are not the export itself. */
    readonly expected: readonly string[]
    readonly seen: readonly string[]
    /** In traces, and not among the edges of the stack. */
    readonly strangers: readonly string[]
    /** Services with an edge to the tracing back-end of which it knows no span. */
    readonly silent: readonly string[]
  }
  traces: { readonly asked: number; readonly notFound: readonly string[]; readonly traces: readonly TraceFact[] }
  value: {
    readonly query: string
    readonly phase: Phase
    readonly window: Window
    readonly stepMs: number
    readonly expectedPoints: number
    readonly series: readonly PointSeries[]
  }
  store: { readonly scenario: string; readonly store: string; readonly tally: readonly StoreTally[] }
  invariant: InvariantEvidence
}

export type ProbeKind = keyof Values

/** An observed fact. `covered` is false when the source did not answer for the whole of what was asked; `missing` says why. */
export type Evidence = {
  [K in ProbeKind]: { readonly probe: K; readonly value: Values[K]; readonly covered: boolean; readonly missing?: string }
}[ProbeKind]

export type EvidenceOf<K extends ProbeKind> = Extract<Evidence, { probe: K }>

/** What one look through a proxy or at a process saw: the raw material of a fault's proof. */
export interface Proof {
  /** What was done from the outside, such as "asked sample->postgres for its greeting". */
  readonly what: string
  readonly before: string
  readonly seen: string
  readonly holds: boolean
}
