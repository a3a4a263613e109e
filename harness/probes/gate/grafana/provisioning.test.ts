// What Grafana would load of a folder, and each reason why it would not.
import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { panelsOf, readDashboard } from './dashboard.ts'
import { readProvisioning } from './provisioning.ts'
import { aDashboard, aFolder, aPanel } from './testing/folder.ts'
import type { Files } from './testing/folder.ts'
import { whyNotLoaded } from './why-not-loaded.ts'

const GOOD = aDashboard([aPanel('up')])

function reasons(files: Files): readonly (string | undefined)[] {
  const directory = aFolder(files)
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const provisioning = readProvisioning(directory)
  return provisioning.files.map((one) => whyNotLoaded(one, provisioning))
}

const inOther = (datasource: unknown) => ({ 'dashboards/a.json': aDashboard([aPanel('up', { datasource })]) })
const twice = (changes: object) => ({ 'dashboards/a.json': GOOD, 'dashboards/deeper/b.json': aDashboard([], changes) })

test.each<[Files, readonly (string | undefined)[]]>([
  [{ 'dashboards/a.json': GOOD }, [undefined]],
  [twice({ uid: 'two', title: 'Two' }), [undefined, undefined]],
  [inOther(undefined), [undefined]],
  [inOther('Prometheus'), [undefined]],
  [inOther({ uid: '-- Mixed --' }), [undefined]],
  [inOther({ uid: 'other' }), ['there is no datasource other']],
  [inOther({ uid: '$source' }), ['there is no datasource $source']],
  [{ 'elsewhere/a.json': GOOD }, ['no provider points to it']],
  [{ 'dashboards/a.json': GOOD, 'provisioning/dashboards/all.yaml': undefined }, ['no provider points to it']],
  [{ 'dashboards/a.json': '{ "uid": ' }, [expect.stringMatching(/^it cannot be read: Unexpected end/)]],
  [{ 'dashboards/a.json': { panels: [] } }, ['it cannot be read: title: Invalid input: expected string, received undefined']],
  [twice({ title: 'Two' }), ['dashboards/deeper/b.json has its identifier one too', 'dashboards/a.json has its identifier one too']],
  [twice({ uid: 'two' }), ['dashboards/deeper/b.json has the same title in the same folder', 'dashboards/a.json has the same title in the same folder']],
  [{ 'dashboards/a.json': aDashboard([], { uid: 'with space' }) }, ['Grafana does not take with space for an identifier']],
  [
    { 'dashboards/a.json': GOOD, 'provisioning/datasources/more.yml': 'datasources: [{ name: More, uid: more, type: prometheus, isDefault: true }]' },
    ['Grafana does not start with more than one default datasource'],
  ],
  [{ 'dashboards/a.json': aDashboard([aPanel('up', { datasource: null })]), 'provisioning/datasources/all.yaml': 'datasources: []' }, ['there is no datasource by default']],
])('%o', (files, expected) => {
  expect(reasons(files)).toEqual(expected)
})

test('a datasource may be chosen by whoever looks', () => {
  const templating = { list: [{ name: 'source', type: 'datasource', query: 'prometheus' }] }
  expect(reasons({ 'dashboards/a.json': aDashboard([aPanel('up', { datasource: { uid: '${source}' } })], { templating }) })).toEqual([undefined])
})

test('a provisioning file that Grafana cannot read is told by its name', () => {
  expect(() => reasons({ 'provisioning/datasources/more.yml': 'datasources: [{ uid: 1 }]' })).toThrow('Grafana cannot read more.yml: datasources.0.name')
})

test('panels of folded rows count, and what only talks does not', () => {
  const row = { title: 'Row', type: 'row', panels: [aPanel('up', { title: 'Inside' })] }
  const dashboard = readDashboard(JSON.stringify(aDashboard([row, { title: 'Words', type: 'text' }, aPanel('up')])))
  expect(panelsOf(dashboard).map(({ title }) => title)).toEqual(['Inside', 'Rate'])
})
