// Places are found by names and by what entries say of themselves, never by counting.
import { expect, test } from 'vitest'
import { PLACE, findPlace } from './config-place.ts'

const FILE = {
  modules: { health: { timeout: '5s', http: { follow: false } } },
  groups: [
    { name: 'a', rules: [{ alert: 'Slow' }] },
    { name: 'b', rules: [{ record: 'x:y' }, { alert: 'Down', expr: 'up == 0' }, null] },
  ],
}

test.each([
  ['modules', ['modules'], FILE.modules],
  ['modules.health.http.follow', ['modules', 'health', 'http', 'follow'], false],
  ['groups[name=b]', ['groups', 1], FILE.groups[1]],
  ['groups[name=b].rules[alert=Down].expr', ['groups', 1, 'rules', 1, 'expr'], 'up == 0'],
  ['groups[name=b].rules[record=x:y]', ['groups', 1, 'rules', 0], { record: 'x:y' }],
])('%s is there', (place, path, value) => {
  expect(place).toMatch(PLACE)
  expect(findPlace(FILE, place)).toEqual({ path, value })
})

test.each([
  ['module', { wanted: 'module', known: ['modules', 'groups'], key: undefined }],
  ['modules.health.http.follow.more', { wanted: 'more', known: [], key: undefined }],
  ['groups[name=c]', { wanted: 'c', known: ['a', 'b'], key: 'name' }],
  ['groups[name=b].rules[alert=Up].expr', { wanted: 'Up', known: ['', 'Down', ''], key: 'alert' }],
  ['groups.length', { wanted: 'length', known: [], key: undefined }],
  ['modules[name=health]', { wanted: 'health', known: [], key: 'name' }],
])('%s is not', (place, lost) => {
  expect(place).toMatch(PLACE)
  expect(findPlace(FILE, place)).toEqual(lost)
})

test.each(['', '.modules', 'modules.', 'groups[0]', 'groups[name=]', 'modules health'])('"%s" is no place', (place) => {
  expect(place).not.toMatch(PLACE)
})
