// What the probes of a gate bring home: for each criterion its own facts, so that none is decided by what was seen for another.
import type { RuleCoverage } from './alert-coverage.ts'
import type { JudgedDrill } from './finding.ts'
import type { Condition, GateKind, Trait } from './gate-check.ts'
import type { Profile } from './phase.ts'
import type { Labels } from './window.ts'

/** One call and what came of it; without status when there was no answer. Real milliseconds. */
export interface Answer {
  readonly service: string
  readonly status?: number
  readonly ms: number
  readonly body?: unknown
  readonly error?: string
}

type Traits = Readonly<Record<Trait, boolean>>

interface Values {
  load: { readonly operations: number; readonly good: number; readonly seconds: number; readonly p95Ms: number }
  deployed: readonly { readonly service: string; readonly state: string }[]
  targets: readonly { readonly service: string; readonly job: string; readonly health: string; readonly lastError: string }[]
  /** Over the time of the load. */
  series: readonly { readonly labels: Labels; readonly lowest: number; readonly highest: number }[]
  /** Between the samples that Prometheus keeps, in real milliseconds; `floorMs` is the shortest interval that a run is given. */
  'scrape-interval': {
    readonly acceleration: number
    readonly floorMs: number
    readonly services: readonly { readonly service: string; readonly samples: number; readonly medianMs: number }[]
  }
  rules: readonly { readonly name: string; readonly type: 'alert' | 'recording'; readonly health: string; readonly lastError?: string }[]
  /** As Alertmanager has loaded them. */
  routes: readonly { readonly labels: Labels; readonly receivers: readonly string[] }[]
  'alert-coverage': readonly Pick<RuleCoverage, 'alert' | 'state'>[]
  endpoint: readonly (Answer & { readonly when: Condition })[]
  /**
   * In the order of the calls that were asked for. `honest`: what the same call gets that shows what it should; left out where there is no
   * such thing. `nobody`: why nobody could show that.
   */
  refused: readonly (Answer & { readonly method: string; readonly path: string; readonly honest?: number; readonly nobody?: string })[]
  traced: { readonly services: readonly string[]; readonly edges: readonly string[]; readonly traces: number; readonly longest: number }
  /** `joined` lines have a trace id that the tracing backend knows. */
  logs: readonly { readonly service: string; readonly lines: number; readonly structured: number; readonly fields: Readonly<Record<string, number>>; readonly joined: number; readonly example?: string }[]
  /** `why` says why one does not load, or shows nothing. */
  dashboards: readonly {
    readonly title: string
    readonly loads: boolean
    readonly why?: string
    readonly panels: readonly { readonly title: string; readonly parses: boolean; readonly data: boolean; readonly unit: boolean; readonly why?: string }[]
  }[]
  /** `running` only where an engine runs it. */
  container: readonly { readonly service: string; readonly declared: Traits; readonly running?: Traits }[]
  separated: readonly { readonly from: string; readonly to: string; readonly connected: boolean }[]
  listeners: readonly { readonly service: string; readonly port: number; readonly address: string; readonly loopback: boolean }[]
  /** `plain`: a plain request was answered. */
  encrypted: readonly { readonly edge: string; readonly plain: boolean; readonly tls: boolean; readonly needsCertificate: boolean }[]
  /** Value as it is in force; left out where there is none of this name. */
  setting: { readonly value?: string | number | boolean; readonly where: string }
  /** Without `readyMs` when it never came back. */
  recovery: readonly { readonly service: string; readonly died: boolean; readonly readyMs?: number }[]
  shutdown: readonly { readonly service: string; readonly exitCode?: number; readonly ms: number; readonly served: number; readonly lost: number }[]
  limits: {
    readonly burst?: { readonly sent: number; readonly turnedAway: number; readonly unanswered: number; readonly toldWhen: number }
    readonly breaker?: { readonly calls: number; readonly refused: number; readonly refusedMs: number; readonly recovered: boolean }
  }
  backup: readonly { readonly table: string; readonly rows: number; readonly restored: number; readonly same: boolean }[]
  'start-time': { readonly ms: number; readonly command: string; readonly services: number }
}

/** Kinds that are decided by facts of their own; drills are judged already. */
export type FactKind = keyof Values & GateKind
export type FactValue<K extends FactKind> = Values[K]

/** One look on behalf of one criterion. */
export interface GateLook<K extends FactKind = FactKind> {
  readonly criterion: string
  readonly kind: K
  /** Whether all was seen that was to be seen; else what is missing. */
  readonly covered: boolean
  readonly missing?: string
  readonly value: FactValue<K>
}

/** With the journal lines that hold it. */
export interface GateFact<K extends FactKind = FactKind> extends GateLook<K> {
  readonly lines: readonly number[]
}

export interface GateDrill extends JudgedDrill {
  readonly tags: readonly string[]
}

/** All that a gate is judged from. */
export interface GateEvidence {
  readonly drills: readonly GateDrill[]
  readonly facts: readonly GateFact[]
  /** What the gate had time for. */
  readonly profile: Profile
  /** Criterion -> why it was left out. */
  readonly skipped?: Labels | undefined
}
