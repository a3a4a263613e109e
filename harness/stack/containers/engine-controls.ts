// What an engine can do to a service besides starting and ending it: its networks, its limits, its disk, and what the kernel counts.
import type Dockerode from 'dockerode'
import type { Engine } from '../../model/engine.ts'
import { emptyDisk, fillDisk, roomOf } from './container-disk.ts'
import { cpuUpdate, limitsOf, memoryUpdate } from './container-limits.ts'
import type { Machine } from './container-limits.ts'
import { joinNetwork, leaveNetworks } from './container-network.ts'
import { NO_USAGE, usageOf } from './container-usage.ts'
import { demand, ifThere } from './engine-call.ts'
import type { Place, Request } from './engine-call.ts'

export interface ControlOptions extends Place {
  /** The network of the stack, by name. */
  readonly network: string
  /** Called when a service is reachable again: the engine may have published its ports anew. */
  readonly onPortsChanged: (service: string) => Promise<void>
}

/** Controls of the containers that `container` finds, whichever process started them. */
export function engineControls(options: ControlOptions): Engine {
  const machine = machineOf(options.docker)
  return { ...networkControls(options), ...limitControls(options, machine), ...readers(options, machine), ...diskControls(options) }
}

function networkControls(options: ControlOptions): Pick<Engine, 'disconnect' | 'reconnect'> {
  const { docker, network, onPortsChanged } = options
  return {
    disconnect: async (service) => {
      await demand(options, apply(service, `disconnect ${service}`), (container, signal) => leaveNetworks(container, docker, signal))
    },
    reconnect: async (service) => {
      const there = await ifThere(options, revert(service, `reconnect ${service}`), (container, signal) =>
        joinNetwork(container, docker, { network, service, signal }),
      )
      if (there !== undefined) await onPortsChanged(service)
    },
  }
}

/** Under the second version the kernel takes such a limit and kills. */
const TOO_LITTLE = 'control groups of the first version cannot limit a service to less than it holds, file cache included: ask for more'

type MachineOf = () => Promise<Machine>

function limitControls(place: Place, machine: MachineOf): Pick<Engine, 'limitCpus' | 'limitMemory'> {
  return {
    limitCpus: (service, cpus) => change(place, apply(service, `limit the CPUs of ${service}`), async (host) => cpuUpdate(host, cpus, await machine())),
    limitMemory: (service, memory) => {
      const request = { ...apply(service, `limit the memory of ${service}`), hint: TOO_LITTLE }
      return change(place, request, async (host) => memoryUpdate(host, memory, await machine()))
    },
  }
}

function readers(place: Place, machine: MachineOf): Pick<Engine, 'limits' | 'usage'> {
  return {
    limits: (service) =>
      demand(place, apply(service, `read the limits of ${service}`), async (container, abortSignal) =>
        limitsOf((await container.inspect({ abortSignal })).HostConfig, await machine()),
      ),
    usage: async (service) => {
      const request = apply(service, `read what the kernel counts for ${service}`)
      const usage = await ifThere(place, request, async (container, signal) => usageOf(await readings(container, signal), await machine()))
      return usage ?? NO_USAGE
    },
  }
}

function diskControls(place: Place): Pick<Engine, 'room' | 'fill' | 'empty'> {
  return {
    room: (service, path) =>
      demand(place, apply(service, `read the room on ${path} of ${service}`), (container, signal) => roomOf(container, path, signal)),
    fill: async (service, path) => {
      await demand(place, apply(service, `fill ${path} of ${service}`), (container, signal) => fillDisk(container, path, signal))
    },
    empty: async (service, path) => {
      await ifThere(place, revert(service, `empty ${path} of ${service}`), (container, signal) => emptyDisk(container, path, signal))
    },
  }
}

const apply = (service: string, what: string): Request => ({ service, what, code: 'FAULT_NOT_APPLIED' })
const revert = (service: string, what: string): Request => ({ service, what, code: 'FAULT_NOT_REVERTED' })

/** Asked once: a machine does not change while a stack runs on it. */
function machineOf(docker: Dockerode): MachineOf {
  let asked: Promise<Machine> | undefined
  const ask = async () => {
    const { MemTotal, NCPU } = (await docker.info()) as { MemTotal: number; NCPU: number }
    return { memoryBytes: MemTotal, cpus: NCPU }
  }
  const again = (thrown: unknown) => {
    asked = undefined
    throw thrown
  }
  return () => (asked ??= ask().catch(again))
}

/** Undefined of an update: it is so already. */
async function change(place: Place, request: Request, updateOf: (host: Dockerode.HostConfig) => Promise<object | undefined>): Promise<void> {
  await ifThere(place, request, async (container, abortSignal) => {
    const update = await updateOf((await container.inspect({ abortSignal })).HostConfig)
    if (update !== undefined) await container.update({ ...update, abortSignal })
  })
}

async function readings(container: Dockerode.Container, abortSignal: AbortSignal) {
  const order = { stream: false as const, 'one-shot': true, abortSignal }
  const [stats, { State: state }] = await Promise.all([container.stats(order), container.inspect({ abortSignal })])
  return { stats, state }
}
