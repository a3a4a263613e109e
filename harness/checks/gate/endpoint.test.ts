// Answers as promised, another status, another body, too slow, no answer, too few to tell.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'
import type { FactValue } from '../../model/gate-evidence.ts'

type Answer = FactValue<'endpoint'>[number]
const answer = (changes: Partial<Answer> = {}): Answer => ({ service: 'web', when: 'idle', status: 200, ms: 4, body: { status: 'healthy', checks: { database: 'ok' } }, ...changes })
const many = (ms: number, changes: Partial<Answer> = {}) => Array.from({ length: 20 }, () => answer({ ms, ...changes }))
const check = { kind: 'endpoint' as const, services: ['web'], path: '/health' as const }

test('status and fields as promised', () => {
  expect(judgedBy<'endpoint'>({ ...check, body: { status: 'healthy', 'checks.database': null } }, [answer()])).toMatchObject({ verdict: 'pass', because: '1 answer, p95 4 ms' })
})

test('another status, no answer, another body', () => {
  expect(judgedBy<'endpoint'>(check, [answer(), answer({ status: 500 })]).because).toBe('web idle: 1 of 2 answered 500')
  expect(judgedBy<'endpoint'>(check, [answer({ status: undefined, error: 'ECONNREFUSED' })]).because).toBe('web idle: 1 of 1 answered nothing (ECONNREFUSED)')
  expect(judgedBy<'endpoint'>({ ...check, body: { status: 'ready', version: null } }, [answer()]).because).toBe('web idle: status is not "ready", web idle: version is not there')
})

test('in time when idle, too late without its database', () => {
  const timed = { ...check, p95: '50ms' as const, when: ['idle' as const, 'without' as const], without: 'db' }
  expect(judgedBy<'endpoint'>(timed, [...many(4), ...many(40, { when: 'without' })]).verdict).toBe('pass')
  expect(judgedBy<'endpoint'>(timed, [...many(4), ...many(900, { when: 'without' })])).toMatchObject({ verdict: 'fail', because: 'web without db: p95 was 900 ms, wanted 50ms' })
})

test('looks under each condition are taken as one, in whatever order they came', () => {
  const both = { ...check, when: ['idle' as const, 'without' as const], without: 'db' }
  expect(judgedBy<'endpoint'>(both, [answer()], [answer({ when: 'without' })])).toMatchObject({ verdict: 'pass', because: '2 answers, p95 4 ms', lines: [7, 7] })
  expect(judgedBy<'endpoint'>(both, [answer({ when: 'without', status: 500 })], [answer()]).verdict).toBe('fail')
})

test('too few answers, and none under what was asked for', () => {
  expect(judgedBy<'endpoint'>({ ...check, p95: '50ms' }, [answer()])).toMatchObject({ verdict: 'inconclusive', because: 'web idle: 1 answer' })
  expect(judgedBy<'endpoint'>({ ...check, when: ['load'] }, [answer()])).toMatchObject({ verdict: 'inconclusive', because: 'web under load: 0 answers' })
})
