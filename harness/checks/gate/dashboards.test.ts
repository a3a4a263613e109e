// Dashboards that show something, too few, and panels that are broken, empty or without a unit.
import { expect, test } from 'vitest'
import { aCheck, judgedBy } from '../testing/gate.ts'
import { dashboards } from './dashboards.ts'

const panel = (changes: object = {}) => ({ title: 'Rate', parses: true, data: true, unit: true, ...changes })
const board = (panels = [panel()], loads = true) => ({ title: 'Overview', loads, panels })
const check = { kind: 'dashboards' as const, dashboards: 1, panels: 1 }

test('all with data', () => {
  expect(judgedBy<'dashboards'>(check, [board()])).toMatchObject({ verdict: 'pass', because: '1 dashboard with 1 panel, all with data' })
})

test.each([
  [[board([panel({ parses: false, data: false })])], 'the query of Overview / Rate does not parse'],
  [[board([panel({ data: false })])], 'Overview / Rate shows nothing'],
  [[board([panel({ unit: false })])], 'Overview / Rate has no unit'],
  [[board([panel()], false)], 'Overview does not load'],
  [[{ ...board([panel({ data: false, why: 'rate(x[5m])' })], false), why: 'no provider points to it' }], 'Overview does not load: no provider points to it, Overview / Rate shows nothing: rate(x[5m])'],
  [[], '0 dashboards, wanted 1, 0 panels, wanted 1'],
])('%o fails', (value, because) => {
  expect(judgedBy<'dashboards'>(check, value)).toMatchObject({ verdict: 'fail', because })
})

test('nobody looked', () => {
  expect(dashboards.judge(aCheck<'dashboards'>(check), { facts: [], drills: [] })).toMatchObject({ verdict: 'inconclusive', because: 'nobody looked' })
})
