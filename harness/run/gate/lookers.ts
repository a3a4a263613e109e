// Who looks, for each kind of fact. Looks that change nothing come from probes/gate/index.ts, those that hurt from hurting/index.ts:
// a kind that is put there is found here. All that a look is given is in its scene, the query of `series` is accelerated already.
import type { CheckOf } from '../../model/gate-check.ts'
import type { FactKind, FactValue } from '../../model/gate-evidence.ts'
import { gateProbes } from '../../probes/gate/index.ts'
import type { ProbedKind } from '../../probes/gate/index.ts'
import type { Observed } from '../../probes/probe.ts'
import { accelerateQuery } from '../../time/accelerate-promql.ts'
import type { GateOrder } from './gate-order.ts'
import { hurtingLooks } from './hurting/index.ts'
import type { HurtingKind } from './hurting/index.ts'
import type { HurtingScene } from './hurting/hurting-scene.ts'

/** What only the run knows. */
export interface Backstage extends Pick<GateOrder, 'scrapeMs' | 'coverage'> {
  readonly startTime: Observed<FactValue<'start-time'>>
}

/** What a look came to. */
type Seen<K extends FactKind> = Promise<Observed<FactValue<K>>>
type Looker<K extends FactKind> = (check: CheckOf<K>, scene: HurtingScene, backstage: Backstage) => Seen<K>
/** The load of drills is folded from what they have on record. */
export type LookedAt = Exclude<FactKind, 'load'>
type Lookers = { readonly [K in LookedAt]: Looker<K> }

const lookers: Lookers = {
  deployed: probed('deployed'),
  targets: probed('targets'),
  series: ({ query, ...check }, scene, { scrapeMs }) => gateProbes.series({ ...check, query: accelerateQuery(query, { n: scene.acceleration, what: 'query', scrapeMs }).text }, scene),
  'scrape-interval': probed('scrape-interval'),
  rules: probed('rules'),
  routes: probed('routes'),
  'alert-coverage': async (_check, _scene, { coverage }) => ({ value: await coverage(), covered: true }),
  endpoint: (check, scene) => (scene.condition === 'without' ? hurtingLooks : gateProbes).endpoint(check, scene),
  refused: probed('refused'),
  traced: probed('traced'),
  logs: probed('logs'),
  dashboards: probed('dashboards'),
  container: probed('container'),
  separated: probed('separated'),
  listeners: probed('listeners'),
  encrypted: probed('encrypted'),
  setting: probed('setting'),
  recovery: hurting('recovery'),
  shutdown: hurting('shutdown'),
  limits: hurting('limits'),
  backup: hurting('backup'),
  'start-time': async (_check, _scene, { startTime }) => startTime,
}

export function lookFor<K extends LookedAt>(check: CheckOf<K>, scene: HurtingScene, backstage: Backstage): Seen<K> {
  // The map is total over kinds; the compiler only loses sight of it through the union.
  return (lookers[(check as { kind: K }).kind] as unknown as Looker<K>)(check, scene, backstage)
}

function probed<K extends ProbedKind>(kind: K): Looker<K> {
  return (check, scene) => (gateProbes[kind] as unknown as Looker<K>)(check, scene, undefined as never)
}

function hurting<K extends HurtingKind>(kind: K): Looker<K> {
  return (check, scene) => (hurtingLooks[kind] as unknown as Looker<K>)(check, scene, undefined as never)
}

const NO_TRAFFIC = { operations: 0, good: 0, seconds: 0, p95Ms: NaN }

/** What is put on record where nothing could be seen. */
export const NOTHING: { readonly [K in FactKind]: FactValue<K> } = {
  load: NO_TRAFFIC,
  deployed: [],
  targets: [],
  series: [],
  'scrape-interval': { acceleration: 1, floorMs: 0, services: [] },
  rules: [],
  routes: [],
  'alert-coverage': [],
  endpoint: [],
  refused: [],
  traced: { services: [], edges: [], traces: 0, longest: 0 },
  logs: [],
  dashboards: [],
  container: [],
  separated: [],
  listeners: [],
  encrypted: [],
  setting: { where: '' },
  recovery: [],
  shutdown: [],
  limits: {},
  backup: [],
  'start-time': { ms: 0, command: '', services: 0 },
}
