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
  return {
    disconnect: async (service) =>
      void (await demand(options, apply(service, `disconnect ${service}`), (container, signal) => leaveNetworks(container, options.docker, signal))),
    reconnect: async (service) => {
      const place = { network: options.network, service }
      const there = await ifThere(options, revert(service, `reconnect ${service}`), (container, signal) => joinNetwork(container, options.docker, { ...place, signal }))
      if (there !== undefined) await options.onPortsChanged(service)
    },
    limits: (service) => demand(options, apply(service, `read the limits of ${service}`), async (container, signal) => limitsOf(await hostConfigOf(container, signal), await machine())),
    limitCpus: (service, cpus) =>
      change(options, apply(service, `limit the CPUs of ${service}`), async (host) => cpuUpdate(host, cpus, await machine())),
    limitMemory: (service, memory) =>
      change(options, apply(service, `limit the memory of ${service}`), async (host) => memoryUpdate(host, memory, await machine())),
    usage: async (service) => {
      const request = apply(service, `read what the kernel counts for ${service}`)
      return (await ifThere(options, request, async (container, signal) => usageOf(await readings(container, signal), await machine()))) ?? NO_USAGE
    },
    room: (service, path) => demand(options, apply(service, `read the room on ${path} of ${service}`), (container, signal) => roomOf(container, path, signal)),
    fill: async (service, path) => void (await demand(options, apply(service, `fill ${path} of ${service}`), (container, signal) => fillDisk(container, path, signal))),
    empty: async (service, path) => void (await ifThere(options, revert(service, `empty ${path} of ${service}`), (container, signal) => emptyDisk(container, path, signal))),
  }
}

const apply = (service: string, what: string): Request => ({ service, what, code: 'FAULT_NOT_APPLIED' })
const revert = (service: string, what: string): Request => ({ service, what, code: 'FAULT_NOT_REVERTED' })

/** Asked once: a machine does not change while a stack runs on it. */
function machineOf(docker: Dockerode): () => Promise<Machine> {
  let asked: Promise<Machine> | undefined
  const ask = async () => {
    const { MemTotal, NCPU } = (await docker.info()) as { MemTotal: number; NCPU: number }
    return { memoryBytes: MemTotal, cpus: NCPU }
  }
  return () => (asked ??= ask().catch((thrown: unknown) => {
    asked = undefined
    throw thrown
  }))
}

async function hostConfigOf(container: Dockerode.Container, signal: AbortSignal): Promise<Dockerode.HostConfig> {
  return (await container.inspect({ abortSignal: signal })).HostConfig
}

/** Undefined of an update: it is so already. */
async function change(place: Place, request: Request, updateOf: (host: Dockerode.HostConfig) => Promise<object | undefined>): Promise<void> {
  await ifThere(place, request, async (container, signal) => {
    const update = await updateOf(await hostConfigOf(container, signal))
    if (update !== undefined) await container.update({ ...update, abortSignal: signal })
  })
}

async function readings(container: Dockerode.Container, abortSignal: AbortSignal) {
  const order = { stream: false as const, 'one-shot': true, abortSignal }
  const [stats, { State: state }] = await Promise.all([container.stats(order), container.inspect({ abortSignal })])
  return { stats, state }
}
