// The local runtime: a whole stack as processes on loopback, without any container engine.
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeadRun, OpenOptions, OpenStack, Outside, Runtime, Surroundings } from '../runtime.ts'
import { writeState } from '../state.ts'
import type { LocalState } from '../state.ts'
import type { Layout } from './layout.ts'
import { LocalRig } from './local-rig.ts'
import { markedProcesses } from './marks.ts'
import { processState } from './process.ts'
import { startServices } from './start-stack.ts'
import { freeSubnet } from './subnet.ts'
import { removeData, sweepProcesses } from './sweep.ts'

export const localRuntime: Runtime<LocalState> = { name: 'local', open, attach, lives, leftOf, sweep }

async function open(options: OpenOptions): Promise<OpenStack> {
  const { stack, clock, onDeath } = options
  const subnet = await freeSubnet(stack)
  const data = join(tmpdir(), `readiness-harness-${options.run}`)
  mkdirSync(data, { recursive: true, mode: 0o755 })
  let state = newState(options, { subnet, data })
  const save = (change: Partial<LocalState>) => {
    state = { ...state, ...change }
    writeState(options.directory, state)
  }
  save({})
  const layout = layoutOf(options, state)
  const rig = new LocalRig({ stack, layout, clock, onPids: (pids) => save({ pids: { ...pids } }), onDeath })
  return {
    rig,
    start: (signal, onStarted) => startServices(rig, { stack, layout, clock, signal, onStarted }),
    keepUp: async () => {
      rig.unwatch()
      save({ keptUp: true })
    },
    stop: async () => {
      rig.unwatch()
      await sweep({ run: state.run, state }, options)
    },
  }
}

function newState({ run, files, acceleration, clock }: OpenOptions, place: Pick<LocalState, 'subnet' | 'data'>): LocalState {
  return { run, runtime: 'local', files: [...files], ...place, acceleration, keptUp: false, pids: {}, startedAt: clock.now() }
}

async function attach(state: LocalState, options: Surroundings): Promise<LocalRig> {
  const { stack, clock, directory } = options
  const onPids = (pids: Readonly<LocalState['pids']>) => writeState(directory, { ...state, pids: { ...pids } })
  return new LocalRig({ stack, layout: layoutOf(options, state), clock, onPids, onDeath: () => undefined }, state.pids)
}

async function lives({ pids }: LocalState): Promise<boolean> {
  return Object.values(pids).some((id) => processState(id) !== undefined)
}

async function leftOf(runs: readonly DeadRun[]): Promise<ReadonlySet<string>> {
  const marked = new Set(markedProcesses().map(({ run }) => run))
  const left = runs.filter(({ run, state }) => marked.has(run) || (state?.runtime === 'local' && existsSync(state.data)))
  return new Set(left.map(({ run }) => run))
}

async function sweep({ run, state }: DeadRun, { clock }: Outside): Promise<number> {
  if (state?.runtime !== 'local') return sweepProcesses(run, [], clock)
  const ended = await sweepProcesses(run, Object.values(state.pids), clock)
  await removeData(state.data)
  return ended
}

export function layoutOf({ root, env, tools, directory }: Surroundings, { run, acceleration, subnet, data }: LocalState): Layout {
  return { run, subnet, root, artifacts: join(directory, 'artifacts'), data, acceleration, env, tools }
}
