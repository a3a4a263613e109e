// Judging status and body decides what every drill believes: a yes is a yes only with the promised body.
import { expect, test } from 'vitest'
import { aFilledList, aTime, aUuid, contested, granted, judge, listAt, refused, unlessBusy } from './expectation.ts'
import type { Answer, Judgement } from './expectation.ts'

const race = contested({ 'data.barcode': 'B1' }, 409, { error: 'duplicate_barcode' })

const answer = (status: number, body?: unknown, error = ''): Answer => ({ status, body, error })
const created = granted({ success: true, 'data.barcode': 'B1' })
const refusal = refused(401, { 'error.code': 'INVALID_CREDENTIALS' })

const yes = (): Judgement => ({ type: 'acknowledged', good: true })
const no = (): Judgement => ({ type: 'failed', good: true })
const bad = (type: Judgement['type'], why: string): Judgement => ({ type, good: false, why })

const promised = { success: true, data: { barcode: 'B1' } }
const other = { success: true, data: { barcode: 'B2' } }
const taken = { error: 'duplicate_barcode' }
const forged = { error: { code: 'JWT_ERROR' } }
const flood = unlessBusy(created)
const later = { retry_after: 1 }
const forgedWhy = 'error.code is "JWT_ERROR", expected "INVALID_CREDENTIALS"'

test.each([
  ['the promised body', created, answer(200, promised), yes()],
  ['another 2xx', created, answer(201, promised), yes()],
  ['a yes with another body', created, answer(200, other), bad('unknown', 'data.barcode is "B2", expected "B1"')],
  ['half a body', created, answer(200, { success: true }), bad('unknown', 'data.barcode is missing, expected "B1"')],
  ['a yes without JSON', created, answer(200), bad('unknown', 'the body is not JSON')],
  ['an unexpected no', created, answer(409, taken), bad('failed', 'refused with 409 {"error":"duplicate_barcode"}')],
  ['a no in plain text', created, answer(422), bad('failed', 'refused with 422 missing')],
  ['an error', created, answer(500, { error: 'database_error' }), bad('unknown', 'status 500')],
  ['a redirect', created, answer(302), bad('unknown', 'status 302')],
  ['a request timeout said by a proxy', created, answer(408), bad('unknown', 'status 408')],
  ['silence', created, answer(0, undefined, 'request timeout'), bad('unknown', 'request timeout')],
  ['the expected no', refusal, answer(401, { error: { code: 'INVALID_CREDENTIALS' } }), no()],
  ['another reason', refusal, answer(401, forged), bad('failed', forgedWhy)],
  ['a no with another status', refusal, answer(403, {}), bad('failed', 'status 403, expected 401')],
  ['a yes where a no was due', refusal, answer(200, {}), bad('acknowledged', 'accepted with 200, expected 401')],
  ['an error where a no was due', refusal, answer(503), bad('unknown', 'status 503')],
  ['a race that was won', race, answer(200, promised), yes()],
  ['a race that was lost', race, answer(409, taken), no()],
  ['a race won by another', race, answer(200, other), bad('unknown', 'data.barcode is "B2", expected "B1"')],
  ['a race lost for another reason', race, answer(409, {}), bad('failed', 'error is missing, expected "duplicate_barcode"')],
  ['a race refused with another status', race, answer(400, taken), bad('failed', 'status 400, expected 409')],
  ['a race that broke', race, answer(500, taken), bad('unknown', 'status 500')],
  ['a bare no', refused(401), answer(401), no()],
  ['a bare no with another status', refused(401), answer(404), bad('failed', 'status 404, expected 401')],
  ['a busy system, asked too much', flood, answer(429, later), no()],
  ['a broken circuit, asked too much', flood, answer(503, later), { type: 'unknown', good: true }],
  ['what was granted to a flood', flood, answer(200, promised), yes()],
  ['a limit that is not about being busy', flood, answer(429, taken), bad('failed', 'refused with 429 {"error":"duplicate_barcode"}')],
  ['an outage under a flood', flood, answer(503), bad('unknown', 'status 503')],
  ['a busy system where nobody asked too much', created, answer(429, later), bad('failed', 'refused with 429 {"retry_after":1}')],
])('%s', (_, expectation, given, judgement) => {
  expect(judge(expectation, given)).toEqual(judgement)
})

test('named tests of fields are named when they fail', () => {
  const page = granted({ 'data.id': aUuid, 'data.at': aTime, 'data.list': aFilledList })
  const good = { id: '0b9e2c3a-4d5e-4f60-8a7b-9c0d1e2f3a4b', at: '2026-11-21T07:00:00Z', list: [1] }
  expect(judge(page, answer(200, { data: good })).good).toBe(true)
  expect(judge(page, answer(200, { data: { ...good, id: 7 } })).why).toBe('data.id is 7, expected aUuid')
  expect(judge(page, answer(200, { data: { ...good, at: 'noon' } })).why).toBe('data.at is "noon", expected aTime')
  expect(judge(page, answer(200, { data: { ...good, list: [] } })).why).toBe('data.list is [], expected aFilledList')
})

test.each([
  ['a list', { data: { ids: [1, 2] } }, [1, 2]],
  ['a list that is empty', { data: { ids: [] } }, []],
  ['something else', { data: { ids: 'abc' } }, []],
  ['nothing', undefined, []],
])('of %s the list is told', (_, body, list) => {
  expect(listAt(body, 'data.ids')).toEqual(list)
})
