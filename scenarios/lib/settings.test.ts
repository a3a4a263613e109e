// A scenario that is started wrongly must say so before it sends anything.
import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const load = { RATE: '20', RUN: 'abc123', DURATION: '90s' }
const env = { ...load, BASE_URL: 'http://127.0.0.1:20000', SUMMARY: '/run/summary.json' }

test('reads what the harness sets', () => {
  expect(readSettings(env)).toEqual({
    baseUrl: 'http://127.0.0.1:20000',
    rate: 20,
    run: 'abc123',
    duration: '90s',
    summary: '/run/summary.json',
    jwtSecret: '',
  })
})

test.each(['0.5', '7', '12.5', '100', '10'])('a rate of %s is one', (rate) => {
  expect(readSettings({ ...env, RATE: rate }).rate).toBe(Number(rate))
})

test.each([
  ['RATE', '0'],
  ['RATE', '20/s'],
  ['RATE', ''],
  ['RUN', 'ab'],
  ['RUN', 'Upper-Case'],
  ['BASE_URL', 'http://host/path'],
  ['DURATION', '90'],
])('%s=%s is refused by name', (name, value) => {
  const said = new RegExp(`^the scenario cannot start: ${name} is "${value}"`)
  expect(() => readSettings({ ...env, [name]: value })).toThrow(said)
})

test('everything that is wrong is named at once', () => {
  expect(() => readSettings({})).toThrow(/BASE_URL.*RATE.*RUN.*DURATION/)
})
