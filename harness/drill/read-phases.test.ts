// Phases in both notations, and every mistake in them with its line: what leads nowhere, what is there twice, what a drill does not say.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import { formatProblem } from '../model/problem.ts'
import { readPhases } from './read-phases.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'

const drill = {
  ...drillSchema.parse({ title: 'Is the shop quiet?', tags: ['smoke'], load: { scenario: 'buy', rate: '20/s', floor: '10/s' }, criteria: [{ kind: 'recovers', within: '5m' }] }),
  name: 'quiet',
  file: 'chaos/quiet.ts',
}
const around = { stack: MINI_STACK, observed: miniObserved(), drills: [drill] }

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phases-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

/** A phase with one line for each criterion: its id, its claims, its check. */
function write(name: string, ...criteria: readonly (readonly [id: string, claims: string, check: string])[]): void {
  const lines = criteria.map(([id, claims, check]) => `  - { id: ${id}, claims: [${claims}], claim: The shop is open., source: report, question: Does it answer?, weight: blocking, check: { ${check} } }`)
  writeFileSync(join(directory, `${name}.yaml`), [`name: ${name}`, 'title: Is the shop ready?', 'criteria:', ...lines].join('\n'))
}

async function problems(): Promise<readonly string[]> {
  const read = await readPhases(directory, around)
  return read.problems.map((problem) => formatProblem(problem).replaceAll(`${directory}/`, ''))
}

test('phases of both notations, sorted by name; tests and what lies deeper are none', async () => {
  write('phase-2', ['b', '2', 'kind: targets, services: [web]'])
  const criterion = `{ id: 'a', claims: [1], claim: 'The shop is open.', source: 'report', question: 'Does it answer?', weight: 'blocking', check: { kind: 'drill', tag: 'smoke', criterion: 'recovers' } }`
  writeFileSync(join(directory, 'phase-1.ts'), `export default { name: 'phase-1', title: 'Is the shop ready?', criteria: [${criterion}] } satisfies object\n`)
  writeFileSync(join(directory, 'content.test.ts'), 'not a phase')
  mkdirSync(join(directory, 'lib'))
  const read = await readPhases(directory, around)
  expect(read.problems).toEqual([])
  expect(read.phases.map(({ name, criteria }) => [name, criteria[0]?.check?.kind])).toEqual([['phase-1', 'drill'], ['phase-2', 'targets']])
})

describe('what leads nowhere', () => {
  test.each([
    ['kind: targets, services: [web, ebw]', 'there is no service ebw. Fix: did you mean web?'],
    ['kind: endpoint, services: [web], path: /, when: [without], without: bd', 'there is no service bd. Fix: did you mean db?'],
    ['kind: traced, edges: ["web->bd"]', 'there is no edge web->bd. Fix: did you mean web->db?'],
    ['kind: drill, drills: [queit]', 'there is no drill queit. Fix: did you mean quiet?'],
    ['kind: drill, tag: somke', 'there is no tag somke. Fix: did you mean smoke?'],
    ['kind: drill, drills: [quiet], criterion: alert-fires', 'quiet has no criterion alert-fires. Fix: ask for another one, or add it to the drill'],
    ['kind: routes, routes: [{ labels: { team: a }, receivers: [plattform] }]', 'there is no receiver plattform. Fix: did you mean platform?'],
    ['kind: rules, names: [ServiceDwn]', 'there is no rule ServiceDwn. Fix: did you mean ServiceDown?'],
    ['kind: series, query: "sum(rate(x[5m])"', 'the query cannot be read'],
    ['kind: setting, service: dbb, from: server, name: x, is: 1', 'there is no service dbb. Fix: did you mean db?'],
  ])('%s', async (check, wanted) => {
    write('phase-1', ['a', '1', check])
    expect(await problems()).toEqual([expect.stringContaining(`phase-1.yaml:4: ${wanted}`)])
  })

  test.each(['kind: traced, edges: ["*->db"]', 'kind: rules, names: ["service:requests:rate5m"]', 'kind: deployed, services: [vault]', 'kind: drill, tag: smoke, criterion: nothing-dies'])('%s does lead somewhere', async (check) => {
    write('phase-1', ['a', '1', check])
    expect(await problems()).toEqual([])
  })
})

test('an id or a claim that is there twice, in whatever phase', async () => {
  write('phase-1', ['a', '1, 2', 'kind: targets, services: [web]'])
  write('phase-2', ['a', '3, 2', 'kind: targets, services: [web]'])
  expect(await problems()).toEqual([
    'phase-2.yaml:4: the id a is taken, at phase-1.yaml:4. Fix: give it a name of its own',
    'phase-2.yaml:4: claim 2 is answered already, at phase-1.yaml:4. Fix: leave it to one of them',
  ])
})

test('all mistakes of all files at once, those of the notation too', async () => {
  write('phase-1', ['a', '1', 'kind: targets, services: [ebw]'])
  writeFileSync(join(directory, 'phase-2.yaml'), 'name: phase-3\ntitle: Is the shop ready?\ncriteria: [{ id: A }]\n')
  writeFileSync(join(directory, 'phase-4.ts'), 'export const phase = {}\n')
  const found = await problems()
  expect(found).toContainEqual(expect.stringContaining('phase-1.yaml:4: there is no service ebw'))
  expect(found).toContainEqual(expect.stringContaining('phase-2.yaml:3: criteria.0.id is "A"'))
  expect(found).toContainEqual('phase-4.ts:1: it has no default export. Fix: write export default { ... } satisfies Phase, with nothing that runs')
})

test('a phase is named after its file', async () => {
  write('phase-1', ['a', '1', 'kind: targets, services: [web]'])
  writeFileSync(join(directory, 'phase-9.yaml'), 'name: phase-8\ntitle: Is the shop ready?\ncriteria:\n  - { id: b, claim: The shop is open., source: report, question: Does it answer?, weight: blocking, check: { kind: start-time, within: 5m } }\n')
  expect(await problems()).toEqual(['phase-9.yaml:1: the phase phase-8 is in a file of another name. Fix: write phase-9, or rename the file'])
})

test('a folder that is not there has no phases', async () => {
  expect(await readPhases(join(directory, 'nowhere'), around)).toEqual({ phases: [], problems: [] })
})
