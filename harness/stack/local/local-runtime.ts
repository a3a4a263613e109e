// The local runtime: a whole stack as processes on loopback, without any container engine.
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import type { Layout } from './layout.ts'
import { LocalRig } from './local-rig.ts'
import type { RigOptions } from './local-rig.ts'
import { startServices } from './start-stack.ts'
import { writeState } from './state.ts'
import type { StackState } from './state.ts'
import { freeSubnet } from './subnet.ts'
import { removeData, sweepProcesses } from './sweep.ts'

export interface LocalOptions {
  readonly stack: Stack
  /** Compose files as the user named them, so that another process can read the same stack. */
  readonly files: readonly string[]
  readonly run: string
  readonly root: string
  /** reports/runs/<id> */
  readonly directory: string
  readonly acceleration: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly tools: ReadonlyMap<string, string>
  readonly clock: Clock
  readonly onDeath: RigOptions['onDeath']
}

export interface LocalStack {
  readonly rig: LocalRig
  readonly subnet: string
  /** Starts every service; call once, after `stop` has been registered as its release. */
  start(signal: AbortSignal, onStarted: (service: string, host: string, ms: number) => void): Promise<void>
  /** Leaves the stack running when this process ends. */
  keepUp(): void
  stop(): Promise<void>
}

/** Reserves addresses and directories; nothing runs yet, but `stop` is already complete. */
export async function openLocalStack(options: LocalOptions): Promise<LocalStack> {
  const subnet = await freeSubnet(options.stack)
  const data = join(tmpdir(), `readiness-harness-${options.run}`)
  mkdirSync(data, { recursive: true, mode: 0o755 })
  let state: StackState = {
    run: options.run,
    runtime: 'local',
    files: [...options.files],
    subnet,
    data,
    acceleration: options.acceleration,
    keptUp: false,
    pids: {},
    startedAt: options.clock.now(),
  }
  const save = (change: Partial<StackState>) => {
    state = { ...state, ...change }
    writeState(options.directory, state)
  }
  save({})
  const layout = layoutOf(options, subnet, data)
  const { stack, clock } = options
  const rig = new LocalRig({ stack, layout, clock, onPids: (pids) => save({ pids: { ...pids } }), onDeath: options.onDeath })
  return {
    rig,
    subnet,
    start: (signal, onStarted) => startServices(rig, { stack, layout, clock, signal, onStarted }),
    keepUp: () => {
      rig.unwatch()
      save({ keptUp: true })
    },
    stop: async () => void (await stopStack(state, clock, rig)),
  }
}

/** A stack that another process started, from its state file. */
export function attachLocalStack(state: StackState, options: Omit<LocalOptions, 'run' | 'acceleration'>): LocalRig {
  const layout = layoutOf({ ...options, run: state.run, acceleration: state.acceleration }, state.subnet, state.data)
  const onPids = (pids: Readonly<StackState['pids']>) => writeState(options.directory, { ...state, pids: { ...pids } })
  return new LocalRig({ stack: options.stack, layout, clock: options.clock, onPids, onDeath: options.onDeath }, state.pids)
}

/** Ends every process of the stack and removes its data; the same for a live stack and a dead run's. Returns how many there were. */
export async function stopStack(state: StackState, clock: Clock, rig?: LocalRig): Promise<number> {
  rig?.unwatch()
  const ended = await sweepProcesses(state.run, Object.values(state.pids), clock)
  await removeData(state.data)
  return ended
}

function layoutOf(options: Omit<LocalOptions, 'onDeath' | 'clock'>, subnet: string, data: string): Layout {
  const { run, root, acceleration, env, tools, directory } = options
  return { run, subnet, root, artifacts: join(directory, 'artifacts'), data, acceleration, env, tools }
}
