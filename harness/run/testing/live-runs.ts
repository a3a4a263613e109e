// Runs made-up drills on a real stack, for tests that want to see a verdict come out.
import { dirname, join, resolve } from 'node:path'
import { describe } from 'vitest'
import { judgeRun } from '../../checks/judge.ts'
import type { Finding, JudgedDrill } from '../../model/finding.ts'
import { drillSchema } from '../../model/drill.ts'
import type { Drill, LoadedDrill } from '../../model/drill.ts'
import type { Entry } from '../../model/entry.ts'
import type { RunRecord } from '../../model/record.ts'
import type { RuntimeName } from '../../model/stack.ts'
import { readStack } from '../../stack/compose-file.ts'
import { findEngine } from '../../stack/containers/engine.ts'
import { systemClock } from '../../time/clock.ts'
import { readPastRun } from '../past-run.ts'
import { runAll } from '../run-all.ts'
import { attach, runningStacks, stopRunning } from '../running-stacks.ts'
import type { RunningStack } from '../running-stacks.ts'
import type { World } from '../session.ts'
import { coreOverlay } from './core-overlay.ts'
import { provide } from '../provision.ts'

export const ROOT = resolve(dirname(import.meta.filename), '../../..')
/** Fast enough to test with, slow enough for the floors not to bind everywhere. */
const ACCELERATION = 60

/** What the scenarios auth and sample-processing need, and those who watch. */
export const CORE = ['postgres', 'toxiproxy', 'auth', 'sample', 'api-gateway', 'postgres-exporter', 'node-exporter', 'jaeger', 'alertmanager', 'prometheus']

export interface RunWish {
  readonly files?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly runtime?: RuntimeName
  readonly acceleration?: number
  readonly on?: RunningStack
  readonly keepUp?: boolean
  /** How many may run side by side; one when left out. */
  readonly together?: number
  readonly onEntry?: (entry: Entry) => void
}

export interface Ran {
  readonly directory: string
  readonly record: RunRecord
  readonly verdict: string
  readonly because: string
  readonly drills: readonly JudgedDrill[]
  /** The finding of a criterion of this kind; with `about` the one whose sentence holds it. */
  finding(kind: string, about?: string): Finding
}

/** The runtime that the live suites run on: HARNESS_TEST_RUNTIME, or processes. */
export const RUNTIME: RuntimeName = process.env.HARNESS_TEST_RUNTIME === 'containers' ? 'containers' : 'local'

const engine = RUNTIME === 'containers' ? await findEngine(process.env) : undefined
const whyNot = engine?.found === false ? `, skipped: no container engine answers (${engine.tried.map(({ where, why }) => `${where}: ${why}`).join('; ')})` : ''

/** A suite on the runtime that was chosen; skipped with the reason where that cannot run. */
export function suite(name: string, tests: () => void): void {
  describe.skipIf(whyNot !== '')(`${name}, on ${RUNTIME}${whyNot}`, tests)
}

const SILENT = { onTool: () => undefined, onImage: () => undefined, onChoice: () => undefined }

export const SABOTAGE = ['compose/compose.yaml', coreOverlay(join(ROOT, 'compose/compose.yaml'), CORE), 'harness/run/testing/sabotage.yaml']

export function testWorld(env: Readonly<Record<string, string>> = {}): World {
  return { root: ROOT, clock: systemClock, env: { ...process.env, ...env }, signal: new AbortController().signal, onLeft: () => undefined }
}

export function loaded(name: string, drill: Drill): LoadedDrill {
  return { ...drillSchema.parse(drill), name, file: `${name}.ts` }
}

/** Runs the drills and judges them from the journal on disk. */
export async function run(drills: readonly LoadedDrill[], wish: RunWish = {}): Promise<Ran> {
  const world = testWorld(wish.env)
  const files = (wish.files ?? SABOTAGE).map((file) => resolve(ROOT, file))
  const { stack, problems } = readStack(files)
  if (!stack) throw new Error(JSON.stringify(problems))
  const provided = await provide({ stack, runtime: wish.on?.state.runtime ?? wish.runtime ?? RUNTIME, load: true }, world, SILENT)
  const order = { command: 'a test', stack, files, drills, repeat: 1, acceleration: wish.acceleration ?? ACCELERATION, digests: {}, keepUp: wish.keepUp ?? false, together: wish.together, on: wish.on, ...provided }
  const directory = await runAll({ ...order, onEntry: wish.onEntry ?? (() => undefined) }, world)
  const record = await readPastRun(directory.path)
  const judgement = judgeRun(record)
  const findings = judgement.drills.flatMap((drill) => drill.findings)
  return {
    ...judgement,
    directory: directory.path,
    record,
    finding: (kind, about = '') => {
      const found = findings.find(({ criterion, sentence }) => criterion.kind === kind && sentence.includes(about))
      if (!found) throw new Error(`no finding ${kind} ${about} in ${JSON.stringify(findings, null, 1)}; failures: ${JSON.stringify(record.failures)}`)
      return found
    },
  }
}

/** A stack that stays up for several runs. Throws with the reasons when it did not get ready. */
export async function startStack(files: readonly string[] = SABOTAGE): Promise<RunningStack> {
  const { directory, record } = await run([], { keepUp: true, files })
  const running = (await runningStacks(testWorld())).find((stack) => stack.directory.path === directory)
  if (!running || record.failures.length > 0) throw new Error(`no stack: ${JSON.stringify(record.failures)}`)
  return running
}

export function stopStack(running: RunningStack): Promise<void> {
  return stopRunning(running, testWorld())
}

export function rigOn(running: RunningStack) {
  return attach(running, testWorld())
}
