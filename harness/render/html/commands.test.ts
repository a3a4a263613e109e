// The commands on the page do the same again.
import { expect, test } from 'vitest'
import { aDrill, aRun } from '../../checks/testing/records.ts'
import { commandOf, judgedAgain } from './commands.ts'

const { opened } = aRun()
const drillOf = (changes: Parameters<typeof aDrill>[0]) => ({ id: 'slow-database', drill: aDrill(changes) })
const edge = 'sample->postgres'

test.each([
  ['one drill of many', 'npx harness drill --tag smoke --accelerate 40', 40, {}, 'npx harness drill slow-database --accelerate 40'],
  ['production speed', 'npx harness drill slow-database', 1, {}, 'npx harness drill slow-database'],
  ['runtime, load and overlays are kept', "npx harness drill --runtime local --load container -f compose/compose.yaml -f 'my overlay.yaml'", 1, {}, "npx harness drill slow-database --runtime local --load container -f compose/compose.yaml -f 'my overlay.yaml'"],
  ['each edge', "npx harness drill --each-edge '*' --accelerate 40", 40, { tags: ['each-edge'], faults: [{ kind: 'outage', edge, for: '1m' }] }, `npx harness drill --each-edge '${edge}' --accelerate 40`],
  ['each service', 'npx harness drill --each-service', 1, { tags: ['each-service'], faults: [{ kind: 'crash', service: 'auth', for: '1m' }] }, "npx harness drill --each-service 'auth'"],
  ['a file elsewhere', 'a test', 1, { file: "/tmp/it's mine.ts" }, String.raw`npx harness drill '/tmp/it'\''s mine.ts'`],
] as const)('%s', (_what, command, acceleration, changes, again) => {
  expect(commandOf(drillOf(changes as never), { ...opened, command, acceleration })).toBe(again)
})

test('a run is judged again by its id, and no id runs as a command', () => {
  expect(judgedAgain(opened)).toBe('npx harness report run-1')
  expect(judgedAgain({ ...opened, run: 'x; rm -rf y' })).toBe("npx harness report 'x; rm -rf y'")
})
