// The verdicts of a recorded run, timed from its journal alone.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMeasured } from '../../model/bench.ts'
import { fakeClock } from '../../time/clock.ts'
import { readFiles } from '../read-files.ts'
import type { World } from '../session.ts'
import type { BenchOrder } from './bench-order.ts'
import { benchVerdict } from './verdict-bench.ts'

const REPOSITORY = resolve(import.meta.dirname, '../../..')
const RECORDED = ['auth-crash', 'gateway-freeze', 'postgres-outage', 'quiet', 'sample-database-slow']
const provision = { tools: new Map<string, string>(), versions: {}, runtime: 'local', images: new Map<string, string>(), k6: undefined } as const

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'bench-'))
  cpSync(join(REPOSITORY, 'reports/sample/smoke'), join(root, 'reports/runs/20261121-010101-abcdef'), { recursive: true })
})
afterAll(() => rmSync(root, { recursive: true }))

async function order(change: Partial<BenchOrder> = {}): Promise<BenchOrder> {
  const { content } = await readFiles([join(REPOSITORY, 'compose/compose.yaml')])
  if (content === undefined) throw new Error('the content has problems')
  const recorded = { ...content, drills: content.drills.filter(({ name }) => RECORDED.includes(name)) }
  const silent = () => undefined
  return { command: 'a test', parts: ['verdict'], rounds: 1, content: recorded, files: [], digests: {}, local: provision, containers: { missing: '' }, onEntry: silent, tell: silent, ...change }
}

function world(): World {
  return { root, clock: fakeClock(), env: {}, signal: new AbortController().signal, onLeft: () => undefined }
}

test('one row for each drill and one for all, none quicker than it can be', async () => {
  const rows = (await benchVerdict(await order(), world())).filter(isMeasured)
  expect(rows.map(({ what }) => what)).toEqual([...RECORDED.map((name) => `time to verdict / least time: ${name}`), 'time to verdict / least time: all 5'])
  for (const { ratio } of rows) expect(ratio.least).toBeGreaterThan(1)
  const sum = (which: 'ours' | 'plain') => rows.slice(0, -1).reduce((all, row) => all + (row.rounds[0]?.[which] ?? NaN), 0)
  expect(rows.at(-1)?.rounds).toEqual([{ ours: sum('ours'), plain: sum('plain') }])
})

test('it says what the least time is made of, with alerts that fired besides the expected ones', async () => {
  const rows = (await benchVerdict(await order(), world())).filter(isMeasured)
  const noteOf = (name: string) => rows.find(({ what }) => what.endsWith(name))?.note ?? ''
  expect(noteOf('quiet')).toMatch(/accelerated 40x, on local; least time = baseline 6\.0 s \+ hold 18\.0 s$/)
  // HighErrorRate of the callers, with its window of 5m
  expect(noteOf('auth-crash')).toMatch(/least time = baseline 6\.0 s \+ faults 12\.0 s \+ alerts to end 8\.4 s$/)
})

test('a run under other rules is not taken', async () => {
  const digests = { 'compose/compose.yaml': 'another' }
  await expect(order({ digests }).then((asked) => benchVerdict(asked, world()))).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' })
})

test('a run without one of the drills is not taken', async () => {
  const { content } = await order()
  const [first] = content.drills
  const drills = [...content.drills, ...(first ? [{ ...first, name: 'another' }] : [])]
  await expect(order({ content: { ...content, drills } }).then((asked) => benchVerdict(asked, world()))).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' })
})
