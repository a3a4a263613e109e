// The network of a run: every container of it is there under its service's name, and this machine under that of the alert sink.
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import type { Clock } from '../../time/clock.ts'
import { isFree } from '../free-address.ts'
import { askEngine } from './ask-engine.ts'

export interface SinkPlace {
  /** Where the harness listens. */
  readonly listen: string
  /** What containers know the sink's name as. */
  readonly entry: string
}

export interface Networking {
  readonly docker: Dockerode
  readonly clock: Clock
  readonly network: string
}

/** A bridge with these labels. */
export async function createNetwork({ docker, clock, network }: Networking, labels: Readonly<Record<string, string>>): Promise<void> {
  const order = { Name: network, Driver: 'bridge', CheckDuplicate: true, Labels: { ...labels } }
  await askEngine({ clock, what: `create the network ${network}` }, async (abortSignal) => docker.createNetwork({ ...order, abortSignal }))
}

/**
 * The gateway of the network is an address of this machine that only its containers reach. Where the engine runs in a machine of its own
 * (Docker Desktop) it cannot be listened on; such engines lead host-gateway to the loopback of this one.
 */
export async function sinkPlace({ docker, clock, network }: Networking): Promise<SinkPlace> {
  const { IPAM: ipam } = await askEngine<Dockerode.NetworkInspectInfo>({ clock, what: `read the network ${network}` }, async () => docker.getNetwork(network).inspect())
  const gateway = ipam?.Config?.find(({ Gateway }) => Gateway !== undefined)?.Gateway
  if (gateway === undefined) throw new HarnessError('ENGINE_REFUSED', `the network ${network} has no gateway`, { hint: 'a bridge is needed; look at the default network driver of the engine' })
  return (await isFree({ host: gateway, port: 0 })) ? { listen: gateway, entry: gateway } : { listen: '127.0.0.1', entry: 'host-gateway' }
}
