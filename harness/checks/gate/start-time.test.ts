// Up in time, too late, and nothing started.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'start-time' as const, within: '5m' as const }
const start = { ms: 60_000, command: 'harness up', services: 27 }

test('in time, too late, nothing', () => {
  expect(judgedBy<'start-time'>(check, start)).toMatchObject({ verdict: 'pass', because: '27 services ready after 1 min (harness up)' })
  expect(judgedBy<'start-time'>(check, { ...start, ms: 400_000 })).toMatchObject({ verdict: 'fail', because: '27 services ready after 6 min 40 s (harness up), wanted 5m' })
  expect(judgedBy<'start-time'>(check, { ...start, services: 0 }).verdict).toBe('inconclusive')
})
