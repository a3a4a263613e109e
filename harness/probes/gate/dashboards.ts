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
import type { Provisioning } from './grafana/provisioning.ts'
import { whyNotLoaded } from './grafana/why-not-loaded.ts'

type Board = FactValue<'dashboards'>[number]

/** Most curves look back as far as this, in production time: before, they show what was going on without load. */
const LOOK_BACK = 5 * 60_000
/** What Grafana takes for the scrape interval of a datasource that does not say it. */
const USUAL_SCRAPE = '15s'

export const probeDashboards: GateProbe<'dashboards'> = (_check, scene) => {
  return observe<readonly Board[]>(scene.signal, [], async () => {
    const directory = scene.rig.stack.harness.dashboards
    if (directory === undefined) return { value: [], missing: 'the stack names no folder of dashboards' }
    const provisioning = readProvisioning(directory)
    await loadIsSeen(scene)
    const looks: Seen<Board>[] = []
    for (const one of provisioning.files) {
      const why = whyNotLoaded(one, provisioning)
      const panels = one.dashboard === undefined ? { value: [] } : await lookAtPanels(one.dashboard, provisioning, scene)
      looks.push({ value: { title: one.dashboard?.title ?? one.file, loads: why === undefined, ...(why === undefined ? {} : { why }), panels: panels.value }, missing: panels.missing })
    }
    return { value: looks.map(({ value }) => value), missing: sentences(looks) }
  })
}

async function loadIsSeen({ loadFrom, acceleration, clock, signal }: GateScene): Promise<void> {
  const early = (loadFrom ?? 0) + accelerateMs(LOOK_BACK, acceleration) - clock.now()
  if (early > 0) await clock.sleep(early, signal)
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
