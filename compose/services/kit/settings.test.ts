// Settings: every form that is read, and every problem told at once.
import { describe, expect, it } from 'vitest'
import { defects } from './defects.ts'
import { address, duration, flag, number, oneOf, readSettings, SettingsError, text, type Setting } from './settings.ts'

function problemsOf(setting: Setting<unknown>, value?: string): readonly string[] {
  try {
    readSettings({ X: value, DEFECTS: value }, { x: setting })
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

describe('durations', () => {
  it.each([
    ['250ms', 250],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['30000', 30_000],
  ])('%s is %i ms', (value, ms) => {
    expect(readSettings({ X: value }, { x: duration('X', '1s') })).toEqual({ x: ms })
  })

  it.each(['-1s', '1 day', 's', '1e3'])('%s is none', (value) => {
    expect(problemsOf(duration('X', '1s'), value)).toHaveLength(1)
  })
})

describe('problems', () => {
  it.each<[string, Setting<unknown>, string | undefined]>([
    ['a missing text', text('X'), undefined],
    ['an empty text', text('X'), ' '],
    ['a short text', text('X', { min: 5 }), 'abcd'],
    ['a number that is none', number('X', { fallback: 1 }), 'x'],
    ['a number out of range', number('X', { fallback: 1, max: 3 }), '4'],
    ['a flag that is none', flag('X', true), 'yes'],
    ['an address of another scheme', address('X', ['http']), 'ftp://x'],
    ['an address that is none', address('X', ['http']), 'auth:8080'],
    ['an unknown word', oneOf('X', ['a', 'b'], 'a'), 'c'],
    ['an unknown defect', defects, 'drop-acknowledged-write'],
  ])('%s', (_what, setting, value) => {
    expect(problemsOf(setting, value)).toHaveLength(1)
  })

  it('are told together', () => {
    const shape = { a: text('A'), b: number('B', { fallback: 1 }), c: flag('C', false) }
    expect(() => readSettings({ B: 'x', C: 'y' }, shape)).toThrow(/A is not set[^]*B is 'x'[^]*C is 'y'/)
  })
})

it('fallbacks hold where nothing is said', () => {
  const shape = { a: text('A', { fallback: 'x' }), b: number('B', { fallback: 7 }), c: flag('C', true), d: defects }
  expect(readSettings({}, shape)).toEqual({ a: 'x', b: 7, c: true, d: new Set() })
})

it('defects are read from a comma list', () => {
  const read = readSettings({ DEFECTS: ' drop-acknowledged-writes, no-trace-propagation' }, { d: defects })
  expect(read.d).toEqual(new Set(['drop-acknowledged-writes', 'no-trace-propagation']))
})
