// What a change of configuration may not name: a file that is not mounted, a place that is not there, a value that stands there already.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import { locate } from '../model/located.ts'
import { changedConfigs } from './check-config-change.ts'
import { brokenReferences } from './check-references.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'

const directory = mkdtempSync(join(tmpdir(), 'config-change-'))
afterAll(() => rmSync(directory, { recursive: true }))
mkdirSync(join(directory, 'rules'))
writeFileSync(join(directory, 'prometheus.yml'), 'global: { scrape_interval: 15s }\nscrape_configs:\n  - job_name: web\n  - job_name: db\n')
writeFileSync(join(directory, 'rules/a.rules.yml'), 'groups: [{ name: a, rules: [{ alert: Down, expr: up == 0 }] }]\n')
writeFileSync(join(directory, 'rules/torn.yml'), 'groups: [')

const mounts = [
  { source: join(directory, 'prometheus.yml'), target: '/etc/prometheus/prometheus.yml' },
  { source: join(directory, 'rules'), target: '/etc/prometheus/rules' },
]
const services = MINI_STACK.services.map((spec) => (spec.name === 'prometheus' ? { ...spec, mounts, ports: [9090] } : spec))
const stack = { ...MINI_STACK, services }

/** The fault stands in lines 4 to 10. */
function problemsOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const fault = { service: 'prometheus', file: '/etc/prometheus/prometheus.yml', at: 'scrape_configs[job_name=web]', shows: { path: '/', text: 'x' }, ...changes }
  const lines = Object.entries(fault).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`)
  const text = `title: Is it told in time?\nload: { scenario: buy, rate: 20/s, floor: 10/s }\nfaults:\n  - kind: config_change\n${lines.join('')}    for: 5m\n`
  const located = locate('chaos/x.yaml', text)
  const drill = { ...drillSchema.parse(located.value), name: 'x', file: located.file }
  const around = { stack, observed: miniObserved(), scenarios: ['buy'], configs: changedConfigs([drill], stack) }
  return brokenReferences([{ drill, located }], around).map(({ line, what, fix }) => `${line}: ${what}. ${fix}`)
}

test('what fits has no problem: an observer runs on, and a directory may be mounted', () => {
  expect(problemsOf({})).toEqual([])
  expect(problemsOf({ to: 'shop' })).toEqual([])
  expect(problemsOf({ file: '/etc/prometheus/rules/a.rules.yml', at: 'groups[name=a].rules[alert=Down].expr', to: 'up == 1' })).toEqual([])
})

test.each([
  [{ service: 'prometeus' }, '5: there is no service prometeus. did you mean prometheus?'],
  [{ file: '/etc/prometheus.yml' }, '6: prometheus mounts nothing at /etc/prometheus.yml. '],
  [{ file: '/etc/prometheus/rules/b.rules.yml' }, /^6: there is no file .*rules\/b.rules.yml. name a file of this directory/],
  [{ file: '/etc/prometheus/rules' }, /^6: there is no file .*rules. name/],
  [{ file: '/etc/prometheus/rules/torn.yml' }, /^6: .*torn.yml is no YAML/],
  [{ at: 'scrape_configs[job_name=wep]' }, /^7: .*prometheus.yml has nothing at scrape_configs\[job_name=wep\]. did you mean web\?/],
  [{ at: 'globl.scrape_interval' }, /^7: .*has nothing at globl.scrape_interval. did you mean global\?/],
  [{ at: 'global.scrape_interval', to: '15s' }, '9: global.scrape_interval is 15s already, so nothing would change'],
  [{ shows: { port: 9091, path: '/', text: 'x' } }, '8: prometheus has no port 9091. write one of: 9090'],
])('%j', (changes, problem) => {
  expect(problemsOf(changes)).toEqual([typeof problem === 'string' ? expect.stringContaining(problem) : expect.stringMatching(problem)])
})

test('all at once', () => {
  expect(problemsOf({ at: 'scrape_configs[job_name=wep]', shows: { port: 1, path: '/', text: 'x' } })).toHaveLength(2)
})
