// kill -9 at one journalled step after another: afterwards harness undo, or just the next run, leaves nothing behind.
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeRun } from '../checks/judge.ts'
import { leftOf } from '../stack/runtimes.ts'
import { readState } from '../stack/state.ts'
import { readPastRun } from './past-run.ts'
import { listRuns } from './run-directory.ts'
import { ownerOf } from './run-lock.ts'
import { runningStacks } from './running-stacks.ts'
import type { RunningStack } from './running-stacks.ts'
import { cli, killedDrill } from './testing/cli.ts'
import type { Cli } from './testing/cli.ts'
import { ROOT, RUNTIME, rigOn, startStack, stopStack, suite, testWorld } from './testing/live-runs.ts'

const DRILL = join(import.meta.dirname, 'testing/drills/all-undone.ts')
const NEVER = 1_000_000
/** Two at a time: a step is mostly waiting. */
const LANES = 2
/** Next to each step lies one like it; what is done is the same on both runtimes, and containers take their time. */
const STRIDE = RUNTIME === 'containers' ? 3 : 2

let stacks: readonly RunningStack[] = []

suite('kill -9', () => {
  beforeAll(async () => {
    const started = await Promise.allSettled(Array.from({ length: LANES }, () => startStack()))
    // what did start is stopped afterwards, also when another did not
    stacks = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    for (const one of started) if (one.status === 'rejected') throw one.reason
  })
  afterAll(async () => void (await Promise.all(stacks.map(stopStack))))

  test('on a stack that goes on running', { timeout: 900_000 }, async () => {
    const whole = await runOf(killedDrill(NEVER, DRILL, '--on', nameOf(stacks[0])))
    const steps = (await readPastRun(whole)).entries.map(({ seq }) => seq)
    expect(steps.length).toBeGreaterThan(40)
    await inLanes(steps.filter((step) => step % STRIDE === 0), async (step, stack) => {
      const path = await runOf(killedDrill(step, DRILL, '--on', nameOf(stack)))
      await undoneBy(step, stack)
      expect([...(await traces(stack)), ...(await leftBy(path))], `after step ${step}`).toEqual([])
      await expectInterrupted(path, step)
    })
  })

  test('while the stack is starting', { timeout: 600_000 }, async () => {
    const steps = Array.from({ length: 14 }, (_, index) => index + 1)
    await inLanes(steps.filter((step) => step % STRIDE === 0), async (step) => {
      const path = await runOf(killedDrill(step, DRILL, '--runtime', RUNTIME))
      await cli('undo')
      expect(await leftBy(path), `after step ${step}`).toEqual([])
      await expectInterrupted(path, step)
    })
  })
})

function nameOf(stack: RunningStack | undefined): string {
  return stack?.directory.run ?? ''
}

async function inLanes(steps: readonly number[], work: (step: number, stack: RunningStack) => Promise<void>): Promise<void> {
  const left = [...steps]
  const lane = async (stack: RunningStack) => {
    for (let step = left.shift(); step !== undefined; step = left.shift()) await work(step, stack)
  }
  await Promise.all(stacks.map(lane))
}

/** Directory of the run that a harness process made: one that was killed is on record as its owner, one that was not has printed it. */
async function runOf(drill: Cli): Promise<string> {
  const { err, code } = await drill.ended
  const printed = /run (\d{8}-\d{6}-[0-9a-f]+)/.exec(err)?.[1]
  // the last of them: process ids come round again
  const found = listRuns(ROOT).findLast(({ run, path }) => run === printed || ownerOf(path)?.pid === drill.pid)
  if (found === undefined) throw new Error(`no run of process ${drill.pid} (exit code ${code}): ${err}`)
  return found.path
}

/** By turns: harness undo, or another run that dies at once. */
async function undoneBy(step: number, stack: RunningStack): Promise<void> {
  if ((step / STRIDE) % 2 === 0) expect(await cli('undo')).toMatchObject({ code: 0 })
  else await killedDrill(1, DRILL, '--on', nameOf(stack)).ended
}

/** Everything a dead run may leave on a stack that is not its own. */
async function traces(stack: RunningStack): Promise<readonly string[]> {
  // a restarted service has a new process id, which only stack.json knows
  const rig = await rigOn((await runningStacks(testWorld())).find(({ directory }) => directory.run === nameOf(stack)) ?? stack)
  const answer = await fetch(`${rig.observer('toxiproxy')}/proxies`)
  const proxies = Object.values((await answer.json()) as Record<string, { name: string; enabled: boolean; toxics: unknown[] }>)
  const states = await Promise.all(rig.stack.services.map(async ({ name }) => ({ name, state: await rig.state(name) })))
  const rules = await (await fetch(`${rig.observer('prometheus')}/api/v1/rules`)).text()
  return [
    ...(rules.includes('"duration":7200') ? ['the rule is still changed'] : []),
    ...proxies.filter(({ enabled, toxics }) => !enabled || toxics.length > 0).map(({ name }) => `${name} is disabled or has toxics`),
    ...states.filter(({ state }) => state !== 'running').map(({ name, state }) => `${name} is ${state}`),
  ]
}

/** Whether anything of the dead run itself is left, on any runtime; the other lane's things are its own business. */
async function leftBy(path: string): Promise<readonly string[]> {
  const run = basename(path)
  return [...(await leftOf([{ run, state: readState(path) }], testWorld()))].map((left) => `something of ${left} is left`)
}

async function expectInterrupted(path: string, step: number): Promise<void> {
  const record = await readPastRun(path)
  expect(record.entries.at(-1)?.seq, 'the journal ends where the harness died').toBe(step)
  if (record.closed) return
  const { verdict, because } = judgeRun(record)
  expect({ verdict, because }).toEqual({ verdict: 'inconclusive', because: expect.stringMatching(/interrupted/) })
}
