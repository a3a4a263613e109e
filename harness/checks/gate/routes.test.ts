// An alert that reaches whom it should, one that does not, and one that nobody asked about.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const labels = { team: 'platform', severity: 'critical' }
const check = { kind: 'routes' as const, routes: [{ labels, receivers: ['platform', 'pager'] }] }

test('all it should reach, and others beside', () => {
  const found = [{ labels: { severity: 'critical', team: 'platform' }, receivers: ['platform', 'pager', 'chat'] }]
  expect(judgedBy<'routes'>(check, found)).toMatchObject({ verdict: 'pass', because: '1 route as wanted' })
})

test('one of them is left out', () => {
  expect(judgedBy<'routes'>(check, [{ labels, receivers: ['platform'] }])).toMatchObject({ verdict: 'fail', because: '{severity=critical, team=platform} does not reach pager, but platform' })
  expect(judgedBy<'routes'>(check, [{ labels, receivers: [] }]).because).toContain('but nobody')
})

test('nobody asked', () => {
  expect(judgedBy<'routes'>(check, [])).toMatchObject({ verdict: 'inconclusive', because: 'nobody asked whom {severity=critical, team=platform} reaches' })
})
