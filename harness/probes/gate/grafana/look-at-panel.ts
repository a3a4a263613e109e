// What somebody would see in one panel: whether each of its queries can be read, and brings a number.
import { HarnessError, messageOf } from '../../../errors.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import type { Window } from '../../../model/evidence.ts'
import { accelerateQuery } from '../../../time/accelerate-promql.ts'
import { parseQuery } from '../../../time/promql-tree.ts'
import type { Seen } from '../../probe.ts'
import { isRefusal } from '../../prometheus-api.ts'
import type { PrometheusApi } from '../../prometheus-api.ts'
import { targetsOf } from './dashboard.ts'
import type { Panel, Target } from './dashboard.ts'
import type { Datasource } from './provisioning.ts'
import { substitute } from './substitute.ts'
import type { Choices } from './substitute.ts'
import { datasourceFor } from './why-not-loaded.ts'

type PanelFact = FactValue<'dashboards'>[number]['panels'][number]
type Shown = Pick<PanelFact, 'parses' | 'data' | 'why'>

export interface Onlooker {
  readonly prometheus: PrometheusApi
  readonly datasources: readonly Datasource[]
  readonly choices: Choices
  /** What is on the screen, in real time, and how far apart its points are. */
  readonly window: Window
  readonly stepMs: number
  /** Production scrape interval, and what the durations of a query are divided by. */
  readonly scrapeMs: number
  readonly n: number
}

const GOOD: Shown = { parses: true, data: true }

/** Every query that is not hidden has to bring a number: one curve of two that is never there is a promise that is not kept. */
export async function lookAtPanel(panel: Panel, onlooker: Onlooker): Promise<Seen<PanelFact>> {
  const named = { title: panel.title, unit: (panel.fieldConfig.defaults.unit ?? '') !== '' }
  const looks: Seen<Shown>[] = []
  for (const target of targetsOf(panel)) looks.push(await lookAtTarget(target, panel, onlooker))
  if (looks.length === 0) return { value: { ...named, parses: true, data: false, why: 'it asks nothing' } }
  const worst = looks.find(({ value }) => !value.parses) ?? looks.find(({ value }) => !value.data) ?? { value: GOOD }
  return { value: { ...named, ...worst.value }, missing: looks.find(({ missing }) => missing !== undefined)?.missing }
}

async function lookAtTarget(target: Target, panel: Panel, onlooker: Onlooker): Promise<Seen<Shown>> {
  const datasource = datasourceFor(target.datasource ?? panel.datasource, onlooker.datasources)
  // a datasource that is not there is told with the dashboard
  if (datasource === undefined) return { value: { parses: true, data: false, why: 'there is nobody to ask' } }
  if (datasource.type !== 'prometheus') return { value: GOOD, missing: `${panel.title} asks ${datasource.name}, which is not looked at` }
  const query = substitute(target.expr, onlooker.choices)
  const settled = shortened(query, onlooker)
  if (settled instanceof HarnessError) return { value: { parses: false, data: false, why: messageOf(settled) } }
  const empty = await whyEmpty(settled, target, onlooker)
  return { value: empty === undefined ? GOOD : { parses: true, data: false, why: `${query.trim()}${empty}` } }
}

/** As it has to be asked of a system whose time runs faster; what is wrong with it where it is no PromQL. */
function shortened(query: string, { n, scrapeMs }: Onlooker): string | HarnessError {
  try {
    parseQuery(query)
    return accelerateQuery(query, { n, what: 'panel', scrapeMs }).text
  } catch (thrown) {
    if (thrown instanceof HarnessError && thrown.code === 'CONTENT_INVALID') return thrown
    throw thrown
  }
}

/** Undefined where there is a number; else what Prometheus has to say, if anything. */
async function whyEmpty(query: string, { instant, range }: Target, { prometheus, window, stepMs }: Onlooker): Promise<string | undefined> {
  const asked = instant && !range ? { from: window.to, to: window.to } : window
  try {
    const series = await prometheus.range({ query, window: asked, stepMs })
    return series.some(({ points }) => points.length > 0) ? undefined : ''
  } catch (thrown) {
    if (isRefusal(thrown)) return ` (${messageOf(thrown)})`
    throw thrown
  }
}
