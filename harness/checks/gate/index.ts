// Every kind of gate check with its judge. A kind without one does not compile.
import type { CheckOf, GateKind } from '../../model/gate-check.ts'
import type { Outcome } from '../outcome.ts'
import { alertCoverage } from './alert-coverage.ts'
import { backup } from './backup.ts'
import { container } from './container.ts'
import { dashboards } from './dashboards.ts'
import { deployed } from './deployed.ts'
import { drill } from './drill.ts'
import { encrypted } from './encrypted.ts'
import { endpoint } from './endpoint.ts'
import { limits } from './limits.ts'
import { listeners } from './listeners.ts'
import { load } from './load.ts'
import { logs } from './logs.ts'
import type { GateJudge, Seen } from './look.ts'
import { recovery } from './recovery.ts'
import { refused } from './refused.ts'
import { routes } from './routes.ts'
import { rules } from './rules.ts'
import { scrapeInterval } from './scrape-interval.ts'
import { separated } from './separated.ts'
import { series } from './series.ts'
import { setting } from './setting.ts'
import { shutdown } from './shutdown.ts'
import { startTime } from './start-time.ts'
import { targets } from './targets.ts'
import { traced } from './traced.ts'

export type GateJudges = { readonly [K in GateKind]: GateJudge<K> }

export const gateJudges: GateJudges = {
  drill,
  load,
  deployed,
  targets,
  series,
  'scrape-interval': scrapeInterval,
  rules,
  routes,
  'alert-coverage': alertCoverage,
  endpoint,
  refused,
  traced,
  logs,
  dashboards,
  container,
  separated,
  listeners,
  encrypted,
  setting,
  recovery,
  shutdown,
  limits,
  backup,
  'start-time': startTime,
}

/** The check in plain words. */
export function describeCheck<K extends GateKind>(check: CheckOf<K>): string {
  return judgeOf(check).describe(check)
}

/** What the judge of its kind makes of it. */
export function judgeCheck<K extends GateKind>(check: CheckOf<K>, seen: Seen): Outcome {
  return judgeOf(check).judge(check, seen)
}

function judgeOf<K extends GateKind>(check: CheckOf<K>): GateJudge<K> {
  // The map is total over kinds; the compiler only loses sight of it through the union.
  return gateJudges[check.kind as K] as unknown as GateJudge<K>
}
