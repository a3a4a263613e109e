// The stack with ten things broken, each of which one kind of check judges: written beside nothing of the real files, from copies of them.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** What is broken by hand -> the criteria that judge exactly that. */
export const BROKEN: Readonly<Record<string, readonly string[]>> = {
  'setting: Prometheus keeps 15 days': ['metrics-kept-30-days', 'history-of-30-days'],
  'scrape-interval: auth is scraped once a minute': ['scraped-every-15-s'],
  'rules: those of the laboratory are not loaded': ['rules-are-loaded'],
  'routes: what threatens security pages the database team': ['teams-have-routes'],
  'dashboards: a panel asks for what nobody measures': ['dashboards-show-data'],
  'series: lab-manager takes 100 connections': ['pools-are-bounded'],
  'endpoint: template is ready whatever happens': ['readiness-follows-dependencies'],
  'refused: notification lets anybody in': ['one-authentication', 'tokens-are-checked', 'tokens-run-out'],
  'traced: transaction sends no spans': ['guide-is-met'],
  'container: qaqc runs as root': ['nobody-is-root'],
}

/** Criteria of the same kinds, and of others, about what is whole. */
export const WHOLE: readonly string[] = [
  'core-is-healthy', 'core-is-ready', 'rules-are-tested', 'everything-is-scraped', 'application-metrics', 'cache-metrics', 'dependencies-show-in-traces',
  'traces-kept-10000', 'redis-has-a-limit', 'limits-are-set', 'logs-can-be-read', 'observers-run', 'one-command-start', 'errors-below-a-thousandth',
]

/** Writes the overlay; returns its path. */
export function brokenOverlay(root: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'readiness-harness-broken-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const changed = (file: string, from: string | RegExp, to: string) => {
    const [before, path] = [readFileSync(join(root, file), 'utf8'), join(directory, file)]
    const after = before.replace(from, to)
    if (after === before) throw new Error(`${file} has nothing like ${from} to break`)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, after)
    return path
  }
  const prometheus = changed('compose/observability/prometheus.yml', '- job_name: auth\n', '- job_name: auth\n    scrape_interval: 1m\n')
  const alertmanager = changed('alerts/alertmanager.yml', 'receiver: security-pager\n', 'receiver: database-pager\n')
  const rules = join(directory, 'rules')
  cpSync(join(root, 'alerts'), rules, { recursive: true, filter: (file) => !file.endsWith('laboratory.rules.yml') })
  const dashboards = join(directory, 'compose/observability/grafana')
  cpSync(join(root, 'compose/observability/grafana'), dashboards, { recursive: true })
  changed('compose/observability/grafana/dashboards/laboratory.json', /"expr": "[^"]*"/, '"expr": "nobody_measures_this"')
  const overlay = {
    'x-harness': { dashboards },
    services: {
      prometheus: {
        ...retention(root),
        volumes: [`${prometheus}:/etc/prometheus/prometheus.yml:ro`, `${rules}:/etc/prometheus/rules:ro`],
      },
      alertmanager: { volumes: [`${alertmanager}:/etc/alertmanager/alertmanager.yml:ro`] },
      'lab-manager': { environment: { DB_POOL_SIZE: '100' } },
      template: { environment: { DEFECTS: 'always-ready' } },
      notification: { environment: { DEFECTS: 'no-authentication' } },
      transaction: { environment: { DEFECTS: 'no-spans' } },
      qaqc: { user: '0:0' },
    },
  }
  const path = join(directory, 'broken.yaml')
  writeFileSync(path, stringify(overlay))
  return path
}

/** On either runtime. */
function retention(root: string) {
  const text = readFileSync(join(root, 'compose/compose.yaml'), 'utf8')
  if (text.split('--storage.tsdb.retention.time=30d').length !== 3) throw new Error('Prometheus is not told twice to keep 30 days')
  const shorter = '--storage.tsdb.retention.time=15d'
  return {
    command: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/prometheus', shorter, '--web.enable-lifecycle'],
    'x-harness': {
      tools: ['prometheus'],
      ready: '/-/ready',
      command: ['$${BIN:prometheus}', '--config.file=$${CONFIG}/etc/prometheus/prometheus.yml', '--storage.tsdb.path=$${DATA}', shorter, '--web.listen-address=$${HOST}:9090', '--web.enable-lifecycle'],
    },
  }
}
