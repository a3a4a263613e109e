// What the engine says of a container, in the words of a rig.
import type Dockerode from 'dockerode'
import type { ServiceState } from '../../model/stack.ts'

export type Inspected = Pick<Dockerode.ContainerInspectInfo, 'State' | 'NetworkSettings'>

/** One that is frozen and off the network is frozen: nothing else can be done with it before it is thawed. */
export function stateOf({ State: { Running: running, Paused: paused }, NetworkSettings: { Networks: networks } }: Inspected, network: string): ServiceState {
  if (!running) return 'stopped'
  if (paused) return 'frozen'
  return network in networks ? 'running' : 'disconnected'
}
