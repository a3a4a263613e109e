// Every fact a probe can bring home. Evidence has no opinion: no threshold, no verdict, only what was seen and whether all of it was seen.
import type { AlertSpans, GroupCoverage, IntegrationFact, LinkFact, Notification, ReceiverFact, RuleFact } from './alert-evidence.ts'
import type { Channel, Phase } from './criterion.ts'
import type { InvariantEvidence } from './invariant-evidence.ts'
import type { Labels, Window } from './window.ts'

export type { Labels, Window } from './window.ts'
export type { AlertSpans, GroupCoverage, IntegrationFact, LinkFact, Notification, ReceiverFact, RuleFact }

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
  /** By the counters of both: what Alertmanager took from Prometheus, and what it sent on. */
  notifications: {
    readonly window: Window
    /** Those that Prometheus knows. */
    readonly alertmanagers: number
    readonly taken: number
    readonly errors: number
    readonly integrations: readonly IntegrationFact[]
  }
  /** What the expression of one rule hangs on, innermost first, and which of it had a result in the window. */
  'rule-links': { readonly alert: string; readonly window: Window; readonly links: readonly LinkFact[] }
  routing: readonly {
    readonly alert: string
    readonly labels: Labels
    readonly receivers: readonly string[]
    readonly silencedBy: readonly string[]
    /** Fingerprints of the alerts that do. */
    readonly inhibitedBy: readonly string[]
    /** By which Alertmanager knows it; not on record in earlier runs. */
    readonly fingerprint?: string
  }[]
  delivery: {
    readonly receiver: string
    /** What the notification came by; neither this nor its text is on record in runs before there was more than webhooks. */
    readonly channel?: Channel
    /** What the channel knows the group by: Alertmanager's key, PagerDuty's deduplication key, else the title. */
    readonly groupKey: string
    readonly notifications: readonly Notification[]
    /** As a person reads it, the title first. */
    readonly text?: string
  }
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
