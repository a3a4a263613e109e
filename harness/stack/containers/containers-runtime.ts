// The containers runtime: a whole stack as containers of one network, on whatever engine answers.
import { join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { DeadRun, OpenOptions, OpenStack, Outside, Runtime, Surroundings } from '../runtime.ts'
import { writeState } from '../state.ts'
import type { ContainersState } from '../state.ts'
import type { ContainerLayout } from './container-layout.ts'
import { ContainerRig } from './container-rig.ts'
import { DeathWatch } from './deaths.ts'
import { engineClient } from './engine-client.ts'
import { endAll, leftovers } from './leftovers.ts'
import type { Leftover } from './leftovers.ts'
import { networkName } from './names.ts'
import { sinkPlace } from './network.ts'
import { pickPorts } from './ports.ts'
import type { Ports } from './ports.ts'
import { ServiceLogs } from './service-logs.ts'
import { startServices } from './start-containers.ts'

export const containersRuntime: Runtime<ContainersState> = { name: 'containers', open: (options) => openContainers(options), attach, lives, leftOf, sweep }

/** What only a test has reason to choose. */
export interface Choices {
  /** Host ports by service. */
  readonly ports?: ReadonlyMap<string, Ports>
  /** Milliseconds that a service may take until it is ready. */
  readonly readyWithin?: number
}

export async function openContainers(options: OpenOptions, { ports, readyWithin }: Choices = {}): Promise<OpenStack> {
  const { stack, clock, env, run, keepUp } = options
  const client = await engineClient(env)
  const { docker } = client
  const state: ContainersState = newState(options)
  writeState(options.directory, state)
  const layout = layoutOf(options, state, ports ?? (await pickPorts(stack.services)))
  const logs = new ServiceLogs({ docker, clock, artifacts: layout.artifacts })
  const watch = new DeathWatch({
    docker,
    clock,
    run,
    onStart: (service, id, since) => void logs.follow(service, id, since).catch(() => undefined),
    onDeath: ({ service, how, lines }) => options.onDeath(service, how, lines),
    onLost: (error) => options.onLost(error),
  })
  const rig = new ContainerRig({ layout, client, clock, watch, readyWithin })
  return {
    rig,
    start: (signal, onStarted) => startServices(rig, { layout, client, clock, watch, keepUp, signal, onStarted }),
    keepUp: async () => {
      watch[Symbol.dispose]()
      writeState(options.directory, { ...state, keptUp: true })
      await logs.close()
    },
    stop: async () => {
      watch[Symbol.dispose]()
      await endAll({ docker, clock }, run).finally(() => logs.close())
    },
  }
}

function newState({ run, files, acceleration, clock, images }: OpenOptions): ContainersState {
  return { run, runtime: 'containers', files: [...files], network: networkName(run), images: Object.fromEntries(images), acceleration, keptUp: false, startedAt: clock.now() }
}

async function attach(state: ContainersState, options: Surroundings): Promise<ContainerRig> {
  const { clock, env, stack } = options
  const client = await engineClient(env)
  const rig = new ContainerRig({ layout: layoutOf(options, state, new Map()), client, clock })
  await Promise.all(stack.services.map(({ name }) => rig.readPorts(name)))
  rig.useSink(await sinkPlace({ docker: client.docker, clock, network: state.network }))
  return rig
}

async function lives({ run }: ContainersState, outside: Outside): Promise<boolean> {
  const left = await allLeftovers(outside)
  return left.some((one) => one.run === run && (one.state === 'running' || one.state === 'paused'))
}

async function leftOf(runs: readonly DeadRun[], outside: Outside): Promise<ReadonlySet<string>> {
  const left = new Set((await allLeftovers(outside)).map(({ run }) => run))
  return new Set(runs.map(({ run }) => run).filter((run) => left.has(run)))
}

async function sweep({ run }: DeadRun, { env, clock }: Outside): Promise<number> {
  const { docker } = await engineClient(env)
  return endAll({ docker, clock }, run)
}

const asked = new Map<string, Promise<readonly Leftover[]>>()

/** Asked once for all that ask at the same time. Empty where no engine answers: then nobody can tell. */
async function allLeftovers({ env, clock }: Outside): Promise<readonly Leftover[]> {
  try {
    const { docker, where } = await engineClient(env)
    const known = asked.get(where) ?? leftovers({ docker, clock }).finally(() => asked.delete(where))
    asked.set(where, known)
    return await known
  } catch (thrown) {
    if (thrown instanceof HarnessError && thrown.code === 'ENGINE_UNREACHABLE') return []
    throw thrown
  }
}

function layoutOf({ stack, directory, env, images }: Surroundings, { run, network, acceleration }: ContainersState, ports: ReadonlyMap<string, Ports>): ContainerLayout {
  return { run, stack, network, artifacts: join(directory, 'artifacts'), acceleration, env, images, ports }
}
