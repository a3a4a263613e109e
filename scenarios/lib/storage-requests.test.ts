// Whatever wants a position leaves a write of its own, so that a refused one that is stored shows in the rows.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import { normalOrOvertaken } from './sensor-requests.ts'
import * as ask from './storage-requests.ts'

const desk = { baseUrl: 'http://gateway', token: 't' }
const wish = { sample: 's1', position: 'p1' }
const row = { store: 'placements', key: 's1@p1' }
const placed = { success: true, data: { sample_id: 's1', container_id: 'p1', status: 'occupied' } }
const occupied = { error: 'Position is already occupied' }

test('every wish for a position is a write of sample and position', () => {
  const asked = [ask.assign, ask.assignOccupied, ask.assignTwice, ask.assignContested, ask.move]
  expect(asked.map((one) => one(desk, wish).write)).toEqual(asked.map(() => row))
  expect(ask.retrieve(desk, wish).write).toEqual({ store: 'retrievals', key: 's1@p1' })
})

test.each([
  ['taken by one', 201, placed, { type: 'acknowledged', good: true }],
  ['taken by the other', 400, occupied, { type: 'failed', good: true }],
  ['refused for another reason', 400, { error: 'The location is not in use: offline' }, { type: 'failed', good: false }],
])('a contested position is %s', (_, status, body, judgement) => {
  expect(judge(ask.assignContested(desk, wish).expect, { status, body, error: '' })).toMatchObject(judgement)
})

test('an occupied position that is given away again is bad', () => {
  const given = judge(ask.assignOccupied(desk, wish).expect, { status: 201, body: placed, error: '' })
  expect(given).toMatchObject({ type: 'acknowledged', good: false })
})

test('each figure is looked at in its turn, and each has a name and a path', () => {
  const asked = Array.from({ length: 6 }, (_, turn) => ask.figures(desk, 'l1', turn))
  expect(new Set(asked.map(({ op }) => op)).size).toBe(6)
  expect(asked.map(({ url }) => url)).toEqual(asked.map(() => expect.stringMatching(/^http:\/\/gateway\/api\/\w/)))
  expect(ask.figures(desk, 'l1', 6)).toMatchObject({ op: asked[0]?.op })
})

test.each([
  ['normal', true],
  [null, true],
  ['alert', false],
  [undefined, false],
])('a room whose state is %j after a reading: %j', (state, fine) => {
  expect(normalOrOvertaken(state)).toBe(fine)
})
