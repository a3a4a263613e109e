// Why Grafana would not show a dashboard, or show it with panels that ask nobody. In the words of a reader; nothing when it would.
import { panelsOf, targetsOf } from './dashboard.ts'
import type { Dashboard, Reference } from './dashboard.ts'
import type { Datasource, DashboardFile, Provisioning } from './provisioning.ts'

const UID = /^[\w-]{1,40}$/
/** Always there: what Grafana answers itself, several at once, another panel, an expression. */
const OWN = new Set(['grafana', '-- Grafana --', '-- Mixed --', '-- Dashboard --', '__expr__'])

export function whyNotLoaded({ file, folders, dashboard, broken }: DashboardFile, { datasources, files }: Provisioning): string | undefined {
  if (dashboard === undefined) return `it cannot be read: ${broken}`
  if (folders.length === 0) return 'no provider points to it'
  if (datasources.filter(({ isDefault }) => isDefault).length > 1) return 'Grafana does not start with more than one default datasource'
  const { uid, title } = dashboard
  if (typeof uid === 'string' && !UID.test(uid)) return `Grafana does not take ${uid} for an identifier`
  const others = files.filter((other) => other.file !== file)
  const twin = others.find((other) => typeof uid === 'string' && other.dashboard?.uid === uid)
  if (twin !== undefined) return `${twin.file} has its identifier ${uid} too`
  const namesake = others.find((other) => other.dashboard?.title === title && other.folders.some((folder) => folders.includes(folder)))
  if (namesake !== undefined) return `${namesake.file} has the same title in the same folder`
  const [stranger] = referencesOf(dashboard).filter((one) => isNamed(one, dashboard) && datasourceFor(one, datasources) === undefined).map((one) => uidOf(one) ?? 'by default')
  return stranger === undefined ? undefined : `there is no datasource ${stranger}`
}

/** That of a target, else of its panel; without a name the default. Undefined where nobody provides it. */
export function datasourceFor(reference: Reference, datasources: readonly Datasource[]): Datasource | undefined {
  const uid = uidOf(reference)
  if (uid === undefined || uid === 'default') return datasources.find(({ isDefault }) => isDefault)
  return datasources.find((one) => one.uid === uid) ?? datasources.find(({ name }) => name === uid)
}

function referencesOf(dashboard: Dashboard): readonly Reference[] {
  const panels = panelsOf(dashboard).flatMap((panel) => targetsOf(panel).map(({ datasource }) => datasource ?? panel.datasource))
  const variables = (dashboard.templating?.list ?? []).filter(({ type }) => type === 'query').map(({ datasource }) => datasource)
  return [...panels, ...variables, ...(dashboard.annotations?.list ?? []).map(({ datasource }) => datasource)]
}

/** Whether somebody has to provide it: not what Grafana has itself, nor what a variable of the dashboard stands for. */
function isNamed(reference: Reference, { templating }: Dashboard): boolean {
  const uid = uidOf(reference)
  const chosen = (templating?.list ?? []).filter(({ type }) => type === 'datasource').map(({ name }) => name)
  return uid === undefined || !(OWN.has(uid) || chosen.some((name) => uid === `$${name}` || uid === `\${${name}}`))
}

function uidOf(reference: Reference): string | undefined {
  return (typeof reference === 'string' ? reference : reference?.uid) ?? undefined
}
