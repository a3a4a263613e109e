// Where a drill can run follows from its faults alone.
import { expect, test } from 'vitest'
import { FAULT_RUNTIMES, lackingOn, runtimesOf, sayRuntimes } from './fault-runtimes.ts'
import { faultSchema } from './fault.ts'
import type { Fault } from './fault.ts'

const CRASH: Fault = { kind: 'crash', service: 'web', for: '1m' }
const CUT: Fault = { kind: 'disconnect', service: 'web', for: '1m' }
const FULL: Fault = { kind: 'disk_full', service: 'db', path: '/data', for: '1m' }

test('every kind of the schema can be had somewhere', () => {
  const kinds = faultSchema.options.map((option) => option.shape.kind.value)
  expect(Object.keys(FAULT_RUNTIMES).toSorted()).toEqual(kinds.toSorted())
  expect(Object.values(FAULT_RUNTIMES).every((runtimes) => runtimes.length > 0)).toBe(true)
})

test('a drill runs where all of its faults can be had', () => {
  expect(runtimesOf([])).toEqual(['containers', 'local'])
  expect(runtimesOf([CRASH])).toEqual(['containers', 'local'])
  expect(runtimesOf([CRASH, CUT])).toEqual(['containers'])
  expect(lackingOn('local', [CRASH, CUT, FULL])).toEqual([CUT, FULL])
  expect(lackingOn('containers', [CRASH, CUT, FULL])).toEqual([])
})

test('only what is not everywhere is worth a word', () => {
  expect(sayRuntimes([CRASH])).toBeUndefined()
  expect(sayRuntimes([CRASH, CUT, FULL])).toBe('only on containers, for disconnect on web and disk_full on db')
})
