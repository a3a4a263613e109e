// What somebody would see of one dashboard: whether it loads, and each of its panels.
import { parseDuration } from '../../../model/duration.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import { accelerateMs, accelerateWithFloor, FLOOR_MS } from '../../../time/accelerate-duration.ts'
import type { Seen } from '../../probe.ts'
import { prometheusOf, stepFor } from '../../prometheus-api.ts'
import type { GateScene } from '../gate-probe.ts'
import { builtIn, choicesOf, rangeOf } from './choices.ts'
import { panelsOf } from './dashboard.ts'
import type { Dashboard } from './dashboard.ts'
import { lookAtPanel } from './look-at-panel.ts'
import type { DashboardFile, Provisioning } from './provisioning.ts'
import { whyNotLoaded } from './why-not-loaded.ts'

export type Board = FactValue<'dashboards'>[number]

/** What Grafana takes for the scrape interval of a datasource that does not say it. */
const USUAL_SCRAPE = '15s'
/** Enough to see a curve. */
const POINTS = 60

export async function lookAtBoard(file: DashboardFile, provisioning: Provisioning, scene: GateScene): Promise<Seen<Board>> {
  const why = whyNotLoaded(file, provisioning)
  const panels = file.dashboard === undefined ? { value: [] } : await lookAtPanels(file.dashboard, provisioning, scene)
  const reason = why === undefined ? {} : { why }
  return { value: { title: file.dashboard?.title ?? file.file, loads: why === undefined, ...reason, panels: panels.value }, missing: panels.missing }
}

/** As far back as the dashboard goes, but no further than the load. */
async function lookAtPanels(dashboard: Dashboard, { datasources }: Provisioning, scene: GateScene): Promise<Seen<Board['panels']>> {
  const { acceleration: n, clock, loadFrom = 0 } = scene
  const asked = datasources.find(({ type }) => type === 'prometheus')
  const scrapeMs = parseDuration(asked?.jsonData?.timeInterval ?? USUAL_SCRAPE)
  const rangeMs = rangeOf(dashboard)
  const prometheus = prometheusOf(scene)
  const choices = await choicesOf(dashboard, builtIn(rangeMs, scrapeMs), prometheus)
  const to = clock.now()
  const window = { from: Math.max(to - accelerateMs(rangeMs, n), loadFrom), to }
  const scraped = accelerateWithFloor({ what: 'step', ms: scrapeMs, n, floor: FLOOR_MS.scrape }).ms
  const stepMs = stepFor(window, Math.max(scraped, (to - window.from) / POINTS))
  const looks: Seen<Board['panels'][number]>[] = []
  for (const panel of panelsOf(dashboard)) looks.push(await lookAtPanel(panel, { prometheus, datasources, choices: choices.value, window, stepMs, scrapeMs, n }))
  return { value: looks.map(({ value }) => value), missing: sentences([choices, ...looks]) }
}

/** All that is missing, in one. */
export function sentences(seen: readonly { readonly missing?: string | undefined }[]): string | undefined {
  const all = seen.flatMap(({ missing }) => missing ?? [])
  return all.length > 0 ? all.join('; ') : undefined
}
