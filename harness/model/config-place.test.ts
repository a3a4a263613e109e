// Places are found by names and by what entries say of themselves, never by counting.
import { expect, test } from 'vitest'
import { PLACE, pathTo } from './config-place.ts'

const FILE = {
  modules: { health: { timeout: '5s', http: { follow: false } } },
  groups: [
    { name: 'a', rules: [{ alert: 'Slow' }] },
    { name: 'b', rules: [{ record: 'x:y' }, { alert: 'Down', expr: 'up == 0' }, null] },
  ],
}

test.each([
  ['modules', ['modules']],
  ['modules.health.http.follow', ['modules', 'health', 'http', 'follow']],
  ['groups[name=b]', ['groups', 1]],
  ['groups[name=b].rules[alert=Down].expr', ['groups', 1, 'rules', 1, 'expr']],
  ['groups[name=b].rules[record=x:y]', ['groups', 1, 'rules', 0]],
])('%s is there', (place, path) => {
  expect(place).toMatch(PLACE)
  expect(pathTo(FILE, place)).toEqual(path)
})

test.each(['module', 'modules.health.http.follow.more', 'groups[name=c]', 'groups[name=a].rules[alert=Down]', 'groups.name', 'modules[name=health]'])('%s is not', (place) => {
  expect(place).toMatch(PLACE)
  expect(pathTo(FILE, place)).toBeUndefined()
})

test.each(['', '.modules', 'modules.', 'groups[0]', 'groups[name=]', 'modules health'])('%s is no place', (place) => {
  expect(place).not.toMatch(PLACE)
})
