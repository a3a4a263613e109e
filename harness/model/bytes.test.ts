// Amounts as Compose writes them, and as people read them.
import { expect, test } from 'vitest'
import { bytesOf, bytesSchema, humanBytes } from './bytes.ts'
import { sizeIn, tmpfsOf } from './tmpfs.ts'

test.each([
  ['64m', 67_108_864],
  ['64M', 67_108_864],
  ['64mb', 67_108_864],
  ['1.5g', 1_610_612_736],
  ['8192k', 8_388_608],
  ['1048576', 1_048_576],
  ['10b', 10],
  ['50%', undefined],
  ['', undefined],
  ['much', undefined],
])('%s is %s bytes', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes)
})

test('a drill writes them with a unit', () => {
  expect(bytesSchema.safeParse('64m').success).toBe(true)
  expect(['64', '64 m', '-1m', '64mb', 'm'].filter((text) => bytesSchema.safeParse(text).success)).toEqual([])
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [4_096, '4 KiB'],
  [64 * 2 ** 20, '64 MiB'],
  [64.25 * 2 ** 20, '64.3 MiB'],
  [3 * 2 ** 30, '3 GiB'],
])('%i is said as %s', (bytes, words) => {
  expect(humanBytes(bytes)).toBe(words)
})

test('a tmpfs is read as Compose and the engine write it', () => {
  expect(tmpfsOf('/data')).toEqual({ path: '/data', sizeBytes: undefined })
  expect(tmpfsOf('/data/:mode=1777,size=8m')).toEqual({ path: '/data', sizeBytes: 8_388_608 })
  expect(tmpfsOf('/data:size=${SIZE:-8m}')).toEqual({ path: '/data', sizeBytes: 8_388_608 })
  expect(tmpfsOf('/data:size=${SIZE}')).toEqual({ path: '/data', sizeBytes: undefined })
  expect(sizeIn('rw,size=8192k,nosize=1m')).toBe(8_388_608)
})
