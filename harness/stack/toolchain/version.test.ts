// Versions decide which program is run, so the odd ones that real programs print are here.
import { describe, expect, it } from 'vitest'
import { compareVersions, isAtLeast, parseVersion } from './version.ts'

describe('parseVersion', () => {
  it('takes the first group', () => {
    expect(parseVersion('k6 v2.2.0 (go1.26.8, linux/amd64)', 'k6 v(\\d\\S*)')).toBe('2.2.0')
    expect(parseVersion('postgres (PostgreSQL) 15.18 (Debian 15.18-0)', 'PostgreSQL\\) (\\d\\S*)')).toBe('15.18')
    expect(parseVersion('Redis server v=7.0.15 sha=0', 'v=(\\d\\S*)')).toBe('7.0.15')
  })
  it('says nothing about a program that says something else', () => {
    expect(parseVersion('usage: k6 [options]', 'k6 v(\\d\\S*)')).toBeUndefined()
  })
})

describe('compareVersions', () => {
  it.each([
    ['2.10.0', '2.9.9'],
    ['3.0', '2.99.99'],
    ['1.2.1', '1.2'],
    ['2.0.0', '2.0.0-rc.1'],
    ['5:7.0.15-1~deb12u10', '7.0.14'],
    ['v1.0.1', '1.0.0'],
  ])('%s is newer than %s', (newer, older) => {
    expect(compareVersions(newer, older)).toBeGreaterThan(0)
    expect(compareVersions(older, newer)).toBeLessThan(0)
  })
  it.each([
    ['1.45.0-2+b4', '1.45.0'],
    ['1.2', '1.2.0'],
  ])('%s equals %s', (one, other) => expect(compareVersions(one, other)).toBe(0))
})

describe('isAtLeast', () => {
  it('is false for a version that is not known', () => expect(isAtLeast(undefined, '0')).toBe(false))
  it('is true for the minimum itself', () => expect(isAtLeast('3.5.0', '3.5.0')).toBe(true))
  it('is false below the minimum', () => expect(isAtLeast('2.42.0', '3.5.0')).toBe(false))
})
