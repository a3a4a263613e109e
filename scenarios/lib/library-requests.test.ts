// A plate of libraries is one thing: all of it is stored, or none of it.
import { expect, test } from 'vitest'
import { createPlate, createSpoiltPlate, measure } from './library-requests.ts'
import type { Ask } from './operation.ts'

const desk = { baseUrl: 'http://gateway', token: 't' }
const wish = { key: 'k', sample: 's', protocol: 'known' }
const made = [0, 1, 2].map(() => ({ id: crypto.randomUUID(), status: 'Pending' }))

function outcomesOf({ items }: Ask, status: number, body: unknown) {
  return items?.rows.map((row, index) => items.judge(row, { status, body, error: '' }, index))
}

test('every library of a plate that is taken is a write that must be there', () => {
  const asked = createPlate(desk, wish)
  expect(asked.items?.rows.map(({ key }) => key)).toEqual(['K-0-LIB', 'K-1-LIB', 'K-2-LIB'])
  expect(outcomesOf(asked, 201, made)).toEqual(made.map(() => ({ type: 'acknowledged', good: true })))
})

test('a plate that is taken in part is not what was promised', () => {
  expect(outcomesOf(createPlate(desk, wish), 201, made.slice(1))).toEqual(
    made.map(() => expect.objectContaining({ type: 'unknown', good: false })),
  )
})

test('of a spoilt plate nothing may be there', () => {
  const asked = createSpoiltPlate(desk, wish)
  const { libraries } = asked.body as { libraries: { preparation_protocol_id: string }[] }
  expect(libraries.map(({ preparation_protocol_id }) => preparation_protocol_id === 'known')).toEqual([true, true, false])
  const refusal = { error: { code: 'VALIDATION_ERROR' } }
  expect(outcomesOf(asked, 400, refusal)).toEqual(made.map(() => ({ type: 'failed', good: true })))
  expect(outcomesOf(asked, 201, made)?.[0]).toMatchObject({ type: 'acknowledged', good: false })
})

test('a measurement is a write of library and kind', () => {
  const measured = { metric_type: 'rqn', value: 9, threshold_min: 7, threshold_max: 10 }
  expect(measure(desk, 'l', measured).write).toEqual({ store: 'library-metrics', key: 'l:rqn' })
})
