// Which of today's alerts fired under each fault of a drill, and whether somebody was in a place to see it.
import type { CoveredRule } from '../model/alert-coverage.ts'
import { alertsDuring } from '../model/alerts-during.ts'
import type { Window } from '../model/evidence.ts'
import { wordOf } from '../model/fault.ts'
import { evidenceOf, offsetOf } from '../model/record.ts'
import type { DrillRecord, FaultRecord } from '../model/record.ts'
import { changedGroups, evaluationGap, gapOf } from './coverage.ts'
import { mayCarry } from './labels.ts'

export interface FaultSeen {
  readonly kind: string
  readonly target: string
  /** Whether silence under it would mean anything: it was proved, and every rule of today was watched meanwhile. */
  readonly watched: boolean
  /** In production time. */
  readonly heldMs: number
  readonly alerts: readonly string[]
}

/** One for each fault that was applied; `whole` when the run had every rule as it is today. */
export function faultsSeen(record: DrillRecord, rules: readonly CoveredRule[], whole: boolean): readonly FaultSeen[] {
  return record.faults.flatMap((fault) => {
    const window = windowOf(fault, record)
    if (window === undefined) return []
    const firing = alertsDuring(record, window) ?? []
    const own = firing.filter((one) => rules.some(({ alert, labels }) => alert === one.alert && mayCarry(labels, one.labels)))
    const alerts = [...new Set(own.map(({ alert }) => alert))].sort()
    const watched = whole && fault.proof?.holds === true && isCovered(record, window)
    return [{ kind: wordOf(fault.fault), target: fault.target, watched, heldMs: (window.to - window.from) * record.acceleration, alerts }]
  })
}

function windowOf({ appliedAt, revertedAt }: FaultRecord, { phases }: DrillRecord): Window | undefined {
  return appliedAt === undefined ? undefined : { from: appliedAt, to: revertedAt ?? phases.fault?.to ?? appliedAt }
}

/** Whether Prometheus evaluated its rules, and was asked, for all of the window. */
export function isCovered(record: DrillRecord, needed: Window): boolean {
  const look = evidenceOf(record, 'alerts').at(-1)
  const offset = offsetOf(record, 'prometheus')
  if (look === undefined || offset === undefined) return false
  const { window, groups } = look.evidence.value
  const seen = { from: window.from - offset, to: window.to - offset }
  return (gapOf('alerts', look.evidence, { seen, needed }) ?? evaluationGap(groups, changedGroups(record))) === undefined
}
