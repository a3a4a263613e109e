// Small made-up histories of runs for tests: one drill, one rule, times in seconds.
import type { Asked, DrillAlert, DrillHistory, RunHistory } from '../../model/run-history.ts'

export function asked(detectionS?: number, changes: Partial<Asked> = {}): Asked {
  if (detectionS === undefined) return { verdict: 'fail', fired: false, ...changes }
  return { verdict: 'pass', fired: true, detection: { ms: detectionS * 1_000, limitMs: 100_000 }, ...changes }
}

export function anAlert(changes: Partial<DrillAlert> = {}): DrillAlert {
  return { alert: 'Slow', asked: [], unasked: 0, allowed: 0, early: 0, flapped: 0, ...changes }
}

export function drillOf(changes: Partial<DrillHistory> = {}): DrillHistory {
  const criteria = [{ key: 'alert-fires alert=Slow', sentence: 'Slow fires', verdict: changes.verdict ?? 'pass', ...(changes.verdict && { because: 'did not fire' }) }]
  return { id: 'slow', name: 'slow', verdict: 'pass', because: 'its criterion holds', watched: true, criteria, alerts: [], ...changes }
}

/** A drill that asked for the rule, once for each time; not fired where there is none. */
export function firedIn(...detections: readonly (number | undefined)[]): DrillHistory {
  return drillOf({ alerts: [anAlert({ asked: detections.map((one, index) => asked(one, { labels: { service: `s${index}` } })) })] })
}

/** The same drill several times over. */
export function repeats(...drills: readonly DrillHistory[]): readonly DrillHistory[] {
  return drills.map((drill, index) => ({ ...drill, id: index === 0 ? drill.name : `${drill.name}#${index + 1}` }))
}

/** Scrape 5 s and evaluation 5 s: 15 s are noise. */
export function historyOfRun(drills: readonly DrillHistory[], changes: Partial<RunHistory> = {}): RunHistory {
  return {
    version: 1,
    run: 'run-1',
    at: '2026-01-01T12:00:00.000Z',
    command: 'npx harness drill slow',
    runtime: 'local',
    acceleration: 1,
    verdict: 'pass',
    because: 'the drill passes',
    versions: {},
    rules: { 'alerts/a.rules.yml': 'sha-1' },
    scrapeMs: 5_000,
    loaded: { Slow: 5_000 },
    drills,
    ...changes,
  }
}
