// Opens every dashboard as a person would, without Grafana: which would load, and which panels would show something now.
import type { FactValue } from '../../model/gate-evidence.ts'
import { accelerateMs, accelerateWithFloor, FLOOR_MS } from '../../time/accelerate-duration.ts'
import { parseDuration } from '../../model/duration.ts'
import { observe } from '../probe.ts'
import type { Seen } from '../probe.ts'
import { prometheusOf, stepFor } from '../prometheus-api.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { builtIn, choicesOf, rangeOf } from './grafana/choices.ts'
import { panelsOf } from './grafana/dashboard.ts'
import type { Dashboard } from './grafana/dashboard.ts'
import { lookAtPanel } from './grafana/look-at-panel.ts'
import { readProvisioning } from './grafana/provisioning.ts'
import type { DashboardFile, Provisioning } from './grafana/provisioning.ts'
import { whyNotLoaded } from './grafana/why-not-loaded.ts'

type Board = FactValue<'dashboards'>[number]

/** Load comes no faster where time does: what is seldom asked for needs as long as it needs in production before it shows. */
const PATIENCE_MS = 45_000
const AGAIN_MS = 3_000
/** What Grafana takes for the scrape interval of a datasource that does not say it. */
const USUAL_SCRAPE = '15s'

export const probeDashboards: GateProbe<'dashboards'> = (_check, scene) => {
  return observe<readonly Board[]>(scene.signal, [], async () => {
    const directory = scene.rig.stack.harness.dashboards
    if (directory === undefined) return { value: [], missing: 'the stack names no folder of dashboards' }
    const provisioning = readProvisioning(directory)
    const until = (scene.loadFrom ?? 0) + PATIENCE_MS
    let seen = await lookAtAll(provisioning, scene)
    while (seen.value.some(({ panels }) => panels.some(isEmpty)) && scene.clock.now() < until) {
      await scene.clock.sleep(AGAIN_MS, scene.signal)
      seen = await lookAtAll(provisioning, scene)
    }
    return seen
  })
}

function isEmpty({ parses, data }: Board['panels'][number]): boolean {
  return parses && !data
}

async function lookAtAll(provisioning: Provisioning, scene: GateScene): Promise<Seen<readonly Board[]>> {
  const looks: Seen<Board>[] = []
  for (const file of provisioning.files) looks.push(await lookAtOne(file, provisioning, scene))
  return { value: looks.map(({ value }) => value), missing: sentences(looks) }
}

async function lookAtOne(file: DashboardFile, provisioning: Provisioning, scene: GateScene): Promise<Seen<Board>> {
  const why = whyNotLoaded(file, provisioning)
  const panels = file.dashboard === undefined ? { value: [] } : await lookAtPanels(file.dashboard, provisioning, scene)
  const reason = why === undefined ? {} : { why }
  return { value: { title: file.dashboard?.title ?? file.file, loads: why === undefined, ...reason, panels: panels.value }, missing: panels.missing }
}

async function lookAtPanels(dashboard: Dashboard, { datasources }: Provisioning, scene: GateScene): Promise<Seen<Board['panels']>> {
  const { acceleration: n, clock, loadFrom = 0 } = scene
  const asked = datasources.find(({ type }) => type === 'prometheus')
  const scrapeMs = parseDuration(asked?.jsonData?.timeInterval ?? USUAL_SCRAPE)
  const rangeMs = rangeOf(dashboard)
  const prometheus = prometheusOf(scene)
  const choices = await choicesOf(dashboard, builtIn(rangeMs, scrapeMs), prometheus)
  const to = clock.now()
  const window = { from: Math.max(to - accelerateMs(rangeMs, n), loadFrom), to }
  const stepMs = stepFor(window, accelerateWithFloor({ what: 'step', ms: scrapeMs, n, floor: FLOOR_MS.scrape }).ms)
  const looks: Seen<Board['panels'][number]>[] = []
  for (const panel of panelsOf(dashboard)) looks.push(await lookAtPanel(panel, { prometheus, datasources, choices: choices.value, window, stepMs, scrapeMs, n }))
  return { value: looks.map(({ value }) => value), missing: sentences([choices, ...looks]) }
}

function sentences(seen: readonly Seen<unknown>[]): string | undefined {
  const all = seen.flatMap(({ missing }) => missing ?? [])
  return all.length > 0 ? all.join('; ') : undefined
}
