// Everything a run is made of is read in one go, and the mistakes of all its files are shown together.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatProblem } from '../model/problem.ts'
import type { Stack } from '../model/stack.ts'
import { readContent } from './read-content.ts'
import { MINI_STACK, TEXTS } from './testing/mini-stack.ts'

const DRILL = `title: If the database is gone, are we told?
load: { scenario: buy, rate: 20/s, floor: 10/s }
faults: [{ kind: outage, edge: '*->db', for: 15m }]
criteria: [{ kind: alert-fires, alert: DatabaseDown, receiver: database }]
`

let directory: string
let stack: Stack
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'content-'))
  write('rules/shop.rules.yml', TEXTS.rules[0]?.text ?? '')
  write('rules/shop.rules.test.yml', 'not: read')
  write('rules/alertmanager.yml', TEXTS.alertmanager.text)
  write('prometheus.yml', TEXTS.prometheus.text)
  write('scenarios/buy.ts', '')
  write('scenarios/lib/cart.ts', '')
  write('chaos/b.yaml', DRILL)
  write('chaos/a.yaml', DRILL)
  write('chaos/drill.schema.json', '{}')
  const mount = { source: join(directory, 'prometheus.yml'), target: '/etc/prometheus/prometheus.yml' }
  stack = {
    ...MINI_STACK,
    services: MINI_STACK.services.map((service) =>
      service.name === 'prometheus' ? { ...service, mounts: [mount] } : service,
    ),
    harness: {
      ...MINI_STACK.harness,
      scenarios: join(directory, 'scenarios'),
      drills: join(directory, 'chaos'),
      rules: join(directory, 'rules'),
      alertmanager: join(directory, 'rules/alertmanager.yml'),
    },
  }
})
afterAll(() => rmSync(directory, { recursive: true }))

function write(name: string, text: string): string {
  const file = join(directory, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

test('whole content', async () => {
  const { content, problems } = await readContent({ stack, problems: [] })
  expect(problems).toEqual([])
  expect(content?.drills.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(content?.scenarios).toEqual(['buy'])
  expect(content?.observed).toMatchObject({ scrapeMs: 15_000, receiverNames: ['default', 'platform', 'database'] })
  const slow = content?.observed.rules.find(({ alert }) => alert === 'TooSlow')
  expect(slow).toMatchObject({ windowMs: 300_000, depth: 1, forMs: 600_000, intervalMs: 15_000 })
})

test('a drill from elsewhere joins in; one of the same name is refused', async () => {
  const extra = write('elsewhere/c.yaml', DRILL)
  expect((await readContent({ stack, problems: [] }, [extra])).content?.drills.map(({ name }) => name)).toEqual([
    'a',
    'b',
    'c',
  ])
  const twin = write('elsewhere/a.yaml', DRILL)
  const { problems } = await readContent({ stack, problems: [] }, [twin])
  expect(problems.map(({ file, what }) => [file, what])).toEqual([[twin, expect.stringContaining('is called a too')]])
})

test('mistakes in rules, routes and drills are all named at once', async () => {
  write('chaos/b.yaml', DRILL.replace('DatabaseDown', 'DatabaseDwn'))
  write('chaos/c.yaml', DRILL.replace('floor', 'flor'))
  const lines = await shown()
  write('rules/shop.rules.yml', `${TEXTS.rules[0]?.text}      - { alert: Broken, expr: 'sum(', for: soon }\n`)
  write('rules/alertmanager.yml', 'route: {}\nreceivers: []\n')
  const worse = await shown()
  expect(lines).toEqual([
    'chaos/b.yaml:4: no rule under rules raises DatabaseDwn. Fix: did you mean DatabaseDown?',
    expect.stringContaining('chaos/c.yaml:2: floor is missing in load'),
    'chaos/c.yaml:2: unknown key flor in load. Fix: did you mean floor?',
  ])
  expect(worse.join('\n')).toContain(
    'rules/shop.rules.yml:9: groups.0.rules.4.for is "soon". Fix: write a duration such as 250ms, 90s, 1m30s',
  )
  expect(worse.join('\n')).toContain('rules/alertmanager.yml:1: route is a map. Fix: write a route with a receiver')
  expect(worse.join('\n')).toContain('rules/alertmanager.yml:2: receivers is a list. Fix: write a length of at least 1')
})

test('an expression that is no PromQL is named with its rule', async () => {
  write('rules/alertmanager.yml', TEXTS.alertmanager.text)
  write('rules/shop.rules.yml', `${TEXTS.rules[0]?.text}      - { alert: Broken, expr: 'sum(' }\n`)
  expect((await shown()).join('\n')).toMatch(/rules\/shop.rules.yml:9: not a PromQL query/)
})

async function shown(): Promise<readonly string[]> {
  const { content, problems } = await readContent({ stack, problems: [] })
  expect(content).toBeUndefined()
  return problems.map((problem) => formatProblem(problem).replaceAll(`${directory}/`, ''))
}
