// Zones: both spellings, and nothing else.
import { expect, it } from 'vitest'
import { zoneNamed } from './zones.ts'

it('zones have two names', () => {
  expect(['-80C', 'freezer', 'RT', '37C'].map(zoneNamed)).toEqual([
    'ultra_low_freezer',
    'freezer',
    'room_temperature',
    'incubator',
  ])
})

it('other names are none', () => {
  expect(['', '-80', 'Freezer', 'toString', '__proto__'].map(zoneNamed)).toEqual(Array(5).fill(undefined))
})
