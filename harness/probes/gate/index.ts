// Every look that changes nothing, by the kind of check it is for. A kind without one does not compile.
import type { FactKind } from '../../model/gate-evidence.ts'
import { container } from './container.ts'
import { probeDashboards } from './dashboards.ts'
import { deployed } from './deployed.ts'
import { encrypted } from './encrypted.ts'
import { endpoint } from './endpoint.ts'
import type { GateProbe } from './gate-probe.ts'
import { listeners } from './listeners.ts'
import { logs } from './logs.ts'
import { refused } from './refused.ts'
import { routes } from './routes.ts'
import { rules } from './rules.ts'
import { scrapeInterval } from './scrape-interval.ts'
import { separated } from './separated.ts'
import { series } from './series.ts'
import { setting } from './setting.ts'
import { targets } from './targets.ts'
import { traced } from './traced.ts'

/** The others hurt, or are known already. */
export type ProbedKind = Exclude<FactKind, 'load' | 'alert-coverage' | 'start-time' | 'recovery' | 'shutdown' | 'limits' | 'backup'>

export const gateProbes: { readonly [K in ProbedKind]: GateProbe<K> } = {
  deployed,
  targets,
  series,
  'scrape-interval': scrapeInterval,
  rules,
  routes,
  endpoint,
  refused,
  traced,
  logs,
  dashboards: probeDashboards,
  container,
  separated,
  listeners,
  encrypted,
  setting,
}
