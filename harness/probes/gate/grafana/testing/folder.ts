// A folder of dashboards for tests, as Grafana's provisioning wants it, with one dashboard that is right.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export type Files = Readonly<Record<string, unknown>>

const DATASOURCES = { datasources: [{ name: 'Prometheus', uid: 'metrics', type: 'prometheus', isDefault: true, jsonData: { timeInterval: '1s' } }] }
const PROVIDERS = { providers: [{ name: 'all', folder: 'All', options: { path: '/etc/grafana/dashboards' } }] }

export function aPanel(expr: string, changes: object = {}): object {
  return { title: 'Rate', type: 'timeseries', datasource: { type: 'prometheus', uid: 'metrics' }, targets: [{ refId: 'A', expr }], fieldConfig: { defaults: { unit: 'reqps' } }, ...changes }
}

export function aDashboard(panels: readonly object[], changes: object = {}): object {
  return { uid: 'one', title: 'One', time: { from: 'now-1m', to: 'now' }, panels, ...changes }
}

/** JSON is YAML too. A file that is undefined is left out; a text is written as it is. */
export function aFolder(files: Files): string {
  const directory = mkdtempSync(join(tmpdir(), 'grafana-'))
  const all: Files = { 'provisioning/datasources/all.yaml': DATASOURCES, 'provisioning/dashboards/all.yaml': PROVIDERS, ...files }
  for (const [name, content] of Object.entries(all).filter(([, one]) => one !== undefined)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return directory
}
