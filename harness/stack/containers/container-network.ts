// Takes a container off its networks and puts it back under its name.
import type Dockerode from 'dockerode'

/** Does nothing to a container that is on no network. */
export async function leaveNetworks(container: Dockerode.Container, docker: Dockerode, signal: AbortSignal): Promise<object> {
  const networks = await networksOf(container, signal)
  for (const name of networks) await docker.getNetwork(name).disconnect({ Container: container.id, Force: true, abortSignal: signal })
  return networks
}

export interface Joining {
  readonly network: string
  /** The name by which others on the network know it. */
  readonly service: string
  readonly signal: AbortSignal
}

/** Does nothing to a container that is on this network already. */
export async function joinNetwork(container: Dockerode.Container, docker: Dockerode, { network, service, signal }: Joining): Promise<object> {
  const networks = await networksOf(container, signal)
  if (networks.includes(network)) return networks
  const order = { Container: container.id, EndpointConfig: { Aliases: [service] }, abortSignal: signal }
  await docker.getNetwork(network).connect(order)
  return networks
}

async function networksOf(container: Dockerode.Container, signal: AbortSignal): Promise<readonly string[]> {
  const { NetworkSettings: settings } = await container.inspect({ abortSignal: signal })
  return Object.keys(settings.Networks)
}
