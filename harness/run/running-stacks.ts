// The stacks that run right now, whoever started them: found by what their runs left on disk.
import { isAbsolute, join } from 'node:path'
import { HarnessError } from '../errors.ts'
import type { Rig, RuntimeName, ServiceSpec, ServiceState } from '../model/stack.ts'
import { readStack } from '../stack/compose-file.ts'
import { attachStack, livesStack, sweepRun } from '../stack/runtimes.ts'
import { readState } from '../stack/state.ts'
import type { StackState } from '../stack/state.ts'
import { listRuns } from './run-directory.ts'
import type { RunDirectory } from './run-directory.ts'
import { lockedByLiving, ownerOf } from './run-lock.ts'
import type { World } from './session.ts'
import { provideTools } from './tools.ts'

export interface RunningStack {
  readonly directory: RunDirectory
  readonly state: StackState
}

export interface StackStatus {
  readonly run: string
  /** Whether a harness process works with it right now. */
  readonly driven: boolean
  readonly runtime: RuntimeName
  readonly acceleration: number
  readonly services: readonly ServiceStatus[]
  readonly urls: Readonly<Record<string, string>>
}

export interface ServiceStatus {
  readonly service: string
  readonly state: ServiceState
  /** Every address it listens on, with spaces between them. */
  readonly address: string
  /** Those that Compose publishes, in the same form. */
  readonly published: string
}

/** Stacks of which at least one service lives, oldest first. */
export async function runningStacks(world: Pick<World, 'root' | 'env' | 'clock'>): Promise<readonly RunningStack[]> {
  const stacks = listRuns(world.root).map(async (directory) => {
    const state = readState(directory.path)
    return state !== undefined && (await livesStack(state, world)) ? [{ directory, state }] : []
  })
  return (await Promise.all(stacks)).flat()
}

/** The rig that a run used: its own stack, or the one it was told to use. Undefined when that no longer runs. */
export async function reopen(directory: RunDirectory, world: World): Promise<Rig | undefined> {
  const on = ownerOf(directory.path)?.on ?? directory.run
  const running = (await runningStacks(world)).find(({ directory: { run } }) => run === on)
  return running && attach(running, world)
}

/** A rig on a running stack. Throws COMPOSE_INVALID when its files no longer read as they did. */
export async function attach({ directory, state }: RunningStack, world: World): Promise<Rig> {
  const files = state.files.map((file) => (isAbsolute(file) ? file : join(world.root, file)))
  const { stack, problems } = readStack(files)
  if (!stack) throw new HarnessError('COMPOSE_INVALID', `the compose files of ${directory.run} no longer read: ${problems[0]?.what}`)
  const names = state.runtime === 'local' ? stack.services.flatMap((spec) => spec.harness.tools) : []
  const { tools } = await provideTools(world, names, () => undefined)
  const images = new Map(state.runtime === 'containers' ? Object.entries(state.images) : [])
  const { root, env, clock } = world
  return attachStack(state, { stack, files: state.files, root, directory: directory.path, env, tools, images, clock })
}

/** What runs of a stack, and where. */
export async function statusOf(running: RunningStack, world: World): Promise<StackStatus> {
  const rig = await attach(running, world)
  const services = rig.stack.services.map((spec) => serviceStatus(spec, rig))
  const observers = (['prometheus', 'alertmanager', 'jaeger', 'toxiproxy'] as const).map((name) => [name, rig.observer(name)])
  const entry = rig.edgeAddress(rig.stack.harness.entry)
  return {
    run: running.directory.run,
    driven: lockedByLiving(running.directory.path),
    runtime: running.state.runtime,
    acceleration: running.state.acceleration,
    services: await Promise.all(services),
    urls: { ...Object.fromEntries(observers), entry: `http://${entry.host}:${entry.port}` },
  }
}

async function serviceStatus({ name, ports, published = [] }: ServiceSpec, rig: Rig): Promise<ServiceStatus> {
  const addresses = (of: readonly number[]) => of.map((port) => rig.address(name, port)).map(({ host, port }) => `${host}:${port}`).join(' ')
  return { service: name, state: await rig.state(name), address: addresses(ports), published: addresses(published) }
}

/** Ends a running stack and removes its data. A stack that somebody drives is refused. */
export async function stopRunning({ directory, state }: RunningStack, world: World): Promise<void> {
  if (lockedByLiving(directory.path)) {
    throw new HarnessError('STACK_NOT_FOUND', `${directory.run} is driven by a running harness`, { hint: 'press Ctrl-C there' })
  }
  await sweepRun({ run: directory.run, state }, world)
}
