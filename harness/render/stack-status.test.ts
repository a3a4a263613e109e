// What a tired engineer reads of a running stack.
import { expect, test } from 'vitest'
import { stackAsText } from './stack-status.ts'

const at = (...ports: readonly number[]) => ports.map((port) => `127.0.0.4:${port}`).join(' ')
const line = (service: string, address: string, published = '') => ({ service, state: 'running', address, published })
const EDGES = Array.from({ length: 132 }, (_, port) => 20_001 + port)

test.each([
  ['one address', line('auth', at(8080)), at(8080)],
  ['published ones alone, and how many others there are', line('toxiproxy', at(20_000, 8474, ...EDGES), at(20_000, 8474)), `${at(20_000, 8474)} and 132 more`],
  ['all of a few when none is published', line('watch', at(1, 2, 3)), at(1, 2, 3)],
  ['the first of many when none is published', line('many', at(1, 2, 3, 4, 5)), `${at(1, 2, 3)} and 2 more`],
  ['the first of many published', line('open', at(1, 2, 3, 4), at(1, 2, 3, 4)), `${at(1, 2, 3)} and 1 more`],
  ['none', line('batch', ''), ''],
])('a service shows %s', (_, service, shown) => {
  expect(stackAsText([service], {})).toBe(`  running  ${service.service} ${shown}`)
})

test('addresses and URLs stand below each other, however long a name is', () => {
  const text = stackAsText([line('auth', at(8080)), line('spreadsheet-versioning', at(8088))], { entry: 'http://127.0.0.4:20000' })
  expect(text.split('\n').map((shown) => shown.search(/\S*127/))).toEqual([34, 34, 34])
})
