// Both notations of a drill give the same data, and every mistake in one is named with its line and its remedy.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LoadedDrill } from '../model/drill.ts'
import { formatProblem } from '../model/problem.ts'
import { readDrill } from './read-drill.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'
import { SHORTEST_DRILL, TYPESCRIPT_TWIN, YAML_TWIN } from './testing/twin-drills.ts'
import { timelineOf } from './timeline.ts'

const CHAOS = join(import.meta.dirname, '../../chaos')

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'drill-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

async function problemsOf(name: string, text: string): Promise<readonly string[]> {
  const file = join(directory, name)
  writeFileSync(file, text)
  const { drill, problems } = await readDrill(file)
  expect(drill).toBeUndefined()
  return problems.map((problem) => formatProblem(problem).replace(`${directory}/`, ''))
}

async function drillOf(name: string, text: string): Promise<LoadedDrill> {
  const file = join(directory, name)
  writeFileSync(file, text)
  const { drill, problems } = await readDrill(file)
  expect(problems).toEqual([])
  if (!drill) throw new Error(`${name} has no problem and no drill`)
  return drill
}

describe('the two notations', () => {
  test('the YAML twin of a drill is the same drill', async () => {
    const [typescript, yaml] = [await drillOf('twin.ts', TYPESCRIPT_TWIN), await drillOf('twin.yaml', YAML_TWIN)]
    expect(yaml).toEqual({ ...typescript, file: join(directory, 'twin.yaml') })
    expect(yaml).toMatchObject({ name: 'twin', baseline: '1m30s', faults: [{ latency: '1500ms' }, { for: '5m' }] })
  })

  test.each([1, 30])('the YAML twin of a drill has the same plan at acceleration %i', async (acceleration) => {
    const [typescript, yaml] = [await drillOf('twin.ts', TYPESCRIPT_TWIN), await drillOf('twin.yaml', YAML_TWIN)]
    const plan = { stack: MINI_STACK, acceleration, observed: miniObserved(acceleration) }
    const planned = timelineOf(yaml, plan)
    expect(planned).toEqual(timelineOf(typescript, plan))
    // four phases; three edges hit and freed again; two alerts firing and delivered, one resolved, and the recovery
    const kinds = Map.groupBy(planned.steps, ({ kind }) => kind)
    expect([...kinds].map(([kind, { length }]) => [kind, length]).toSorted()).toEqual([
      ['apply', 3],
      ['deadline', 5],
      ['phase', 4],
      ['revert', 3],
    ])
  })

  test('defaults are filled in', async () => {
    expect(await drillOf('shortest.ts', SHORTEST_DRILL)).toEqual({
      name: 'shortest',
      file: join(directory, 'shortest.ts'),
      title: 'Is anybody out there?',
      load: { scenario: 'buy', rate: '2/s', floor: '1/s' },
      tags: [],
      baseline: '5m',
      faults: [],
      criteria: [],
      allow: [],
    })
  })

  test('every shipped drill is read without a problem', async () => {
    const names = readdirSync(CHAOS).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    const reads = await Promise.all(names.map((name) => readDrill(join(CHAOS, name))))
    expect(reads.flatMap(({ problems }) => problems)).toEqual([])
    expect(names.length).toBeGreaterThanOrEqual(5)
  })
})

const YAML = `title: If the database is slow, are we told in time?
load: { scenario: sample-processing, rate: 20/s, flor: 10/s }
faults:
  - kind: latencyy
    edge: sample->postgres
    for: 5m
  - { kind: outage, edge: nowhere, for: 5 }
criteria:
  - kind: alert-fires
    alret: SlowResponseTime
  - kind: trace-shows
    edge: sample->postgres
    atLeast: 0
`

test('mistakes in one YAML file are as many problems, each with its line and remedy', async () => {
  expect(await problemsOf('broken.yaml', YAML)).toEqual([
    'broken.yaml:2: floor is missing in load. Fix: add it: the least rate at which this drill says anything; below it the verdict is inconclusive',
    'broken.yaml:2: unknown key flor in load. Fix: did you mean floor?',
    'broken.yaml:4: kind is "latencyy" in faults.0. Fix: did you mean latency?',
    'broken.yaml:7: faults.1.edge is "nowhere". Fix: write an edge such as sample->postgres, or a pattern such as *->postgres',
    'broken.yaml:7: faults.1.for is 5. Fix: write a duration such as 250ms, 90s, 1m30s',
    'broken.yaml:9: alert is missing in criteria.0. Fix: add it: a text',
    'broken.yaml:10: unknown key alret in criteria.0. Fix: did you mean alert?',
    'broken.yaml:13: criteria.1.atLeast is 0. Fix: write a number of at least 1',
  ])
})

const TYPESCRIPT = `// A comment with { braces } and 'quotes'.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the database is slow, are we told in time?', // see http://example.org/x
  tags: ['Smoke'],
  /* several
     lines */
  load: { scenario: 'sample-processing', rate: '20', floor: '10/s' },
  faults: [
    { kind: 'latency', edge: 'sample->postgres', latency: 1500, for: '5m' },
    { kind: 'explosion', service: 'sample', for: '5m' },
  ],
  criteria: [{ kind: 'recovers' }],
  alow: [],
}
`

test('mistakes in one TypeScript file are as many problems, each with its line and remedy', async () => {
  const lines = await problemsOf('broken.ts', TYPESCRIPT.replace('import type', '// import type'))
  expect(lines.map((line) => line.split('. Fix')[0])).toEqual([
    'broken.ts:6: tags.0 is "Smoke"',
    'broken.ts:9: load.rate is "20"',
    'broken.ts:11: faults.0.latency is 1500',
    'broken.ts:12: kind is "explosion" in faults.1',
    'broken.ts:14: within is missing in criteria.0',
    'broken.ts:15: unknown key alow',
  ])
  expect(lines[1]).toContain('Fix: write a rate such as 20/s')
  expect(lines[3]).toMatch(/Fix: use one of: bandwidth, config_change, cpu_limit, crash, disconnect, disk_full, freeze, latency/)
  expect(lines[4]).toContain('a duration such as 250ms, 90s, 1m30s')
  expect(lines[5]).toContain('did you mean allow?')
})

test('a file that is no drill at all says so', async () => {
  expect(await problemsOf('throws.ts', 'const a = 1\nthrow new Error("not today")')).toEqual([
    expect.stringMatching(/^throws.ts:\d: it cannot be loaded: not today. Fix: mend it; a drill is export default/),
  ])
  expect(await problemsOf('empty.ts', 'export const drill = 1')).toEqual([
    expect.stringMatching(/^empty.ts:1: it has no default export/),
  ])
  expect(
    await problemsOf('date.ts', "export default {\n  title: 'When was it that we asked?',\n  since: new Date(),\n}"),
  ).toEqual(['date.ts:3: since is a Date. Fix: write plain data: texts, numbers, true, false, lists, maps'])
  expect(await problemsOf('drill.toml', 'title = 1')).toEqual([
    expect.stringContaining('.toml is no ending of a drill'),
  ])
  expect(await problemsOf('twice.yaml', 'title: a\ntitle: b\n')).toEqual([
    expect.stringMatching(/^twice.yaml:2: .*unique/),
  ])
  expect(await problemsOf('none.yaml', '')).toEqual([
    expect.stringMatching(/^none.yaml:1: the whole file is null. Fix: write a map/),
  ])
})

test('what cannot be found in the source is reported where the drill begins', async () => {
  const shared =
    "const load = { scenario: 'auth', rate: '1/s' }\n\nexport default {\n  title: 'Is anybody out there?',\n  load,\n}\n"
  expect((await problemsOf('shared.ts', shared))[0]).toMatch(/^shared.ts:\d: floor is missing in load/)
})
