// The same drills on both runtimes: the same verdicts and the same findings, printed side by side.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readContent } from '../drill/read-content.ts'
import { runtimesOf } from '../model/fault-runtimes.ts'
import type { JudgedDrill } from '../model/finding.ts'
import type { RuntimeName } from '../model/stack.ts'
import { readStack } from '../stack/compose-file.ts'
import { ROOT, run, suite } from './testing/live-runs.ts'

const COMPOSE = join(ROOT, 'compose/compose.yaml')
/** As npm start does it. */
const ACCELERATION = 40

const { content } = await readContent(readStack(COMPOSE))
/** The usual run compares what npm start runs, and what needs an engine; a night has time for all. */
const everything = process.env.HARNESS_PARITY === 'all'
const all = content?.drills ?? []
const needsEngine = new Set(all.filter(({ faults }) => !runtimesOf(faults).includes('local')).map(({ name }) => name))
const drills = all.filter(({ name, tags }) => everything || tags.includes('smoke') || needsEngine.has(name))

interface Row {
  readonly drill: string
  readonly criterion: string
  readonly verdict: string
}

async function rowsOn(runtime: RuntimeName): Promise<readonly Row[]> {
  const ran = await run(drills, { files: [COMPOSE], runtime, acceleration: ACCELERATION })
  expect(ran.record.opened.runtime).toBe(runtime)
  expect(ran.record.failures).toEqual([])
  return ran.drills.flatMap(rowsOf)
}

function rowsOf({ name, verdict, findings }: JudgedDrill): readonly Row[] {
  const rows = findings.map(({ sentence, verdict: found }) => ({ drill: name, criterion: sentence, verdict: found }))
  return [{ drill: name, criterion: 'the drill', verdict }, ...rows]
}

function shown(rows: readonly Row[], others: readonly Row[]): string {
  return rows.map((row, i) => `${row.verdict.padEnd(13)} ${(others[i]?.verdict ?? '-').padEnd(13)} ${row.drill}: ${row.criterion}`).join('\n')
}

suite('parity', () => {
  test(`${everything ? 'every drill of chaos/' : 'every smoke drill'} gives the same findings on containers and on processes`, { timeout: 7_200_000 }, async () => {
    const onContainers = await rowsOn('containers')
    const onProcesses = await rowsOn('local')
    process.stdout.write(`containers    local\n${shown(onContainers, onProcesses)}\n`)
    const both = (rows: readonly Row[]) => rows.filter(({ drill }) => !needsEngine.has(drill))
    expect(both(onContainers)).toEqual(both(onProcesses))
    expect(both(onContainers).filter(({ verdict }) => verdict !== 'pass')).toEqual([])
    expect(both(onContainers).length).toBeGreaterThan(20)
    const alone = (rows: readonly Row[]) => rows.filter(({ drill, criterion }) => needsEngine.has(drill) && criterion === 'the drill').map(({ verdict }) => verdict)
    expect(alone(onContainers).every((verdict) => verdict === 'pass')).toBe(true)
    expect(alone(onProcesses).every((verdict) => verdict === 'inconclusive')).toBe(true)
  })
})
