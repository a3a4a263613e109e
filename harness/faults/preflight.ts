// Before a run: is every proxy there and clean? After one that went wrong: make it so.
import type { Edge } from '../model/stack.ts'
import type { World } from './fault-kind.ts'
import type { ProxyState } from './proxy-api.ts'

export interface EdgeProblem {
  readonly edge: string
  readonly problem: string
}

/**
 * What would falsify a run: a missing or disabled proxy, one with toxics of somebody else, one that leads elsewhere.
 */
export async function preflight(world: World, signal: AbortSignal): Promise<EdgeProblem[]> {
  const proxies = await world.control.proxies(signal)
  return world.rig.stack.edges.flatMap((edge) =>
    problemsOf(
      edge,
      proxies.find(({ name }) => name === edge.name),
    ).map((problem) => ({ edge: edge.name, problem })),
  )
}

function problemsOf(edge: Edge, proxy: ProxyState | undefined): string[] {
  if (!proxy) return ['has no proxy']
  const toxics = proxy.toxics.map(({ name }) => name)
  return [
    ...(proxy.enabled ? [] : ['its proxy is disabled']),
    ...(toxics.length > 0 ? [`its proxy has toxics already: ${toxics.join(', ')}`] : []),
    ...(portOf(proxy.listen) === edge.listenPort
      ? []
      : [`its proxy listens on ${proxy.listen}, not on port ${edge.listenPort}`]),
    ...(portOf(proxy.upstream) === edge.upstreamPort
      ? []
      : [`its proxy leads to ${proxy.upstream}, not to port ${edge.upstreamPort}`]),
  ]
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1))
}

/** Removes every toxic and enables every proxy, whoever left them. Returns what it mended, in words. */
export async function sweepProxies(world: World, signal: AbortSignal): Promise<string[]> {
  const mended: string[] = []
  for (const proxy of await world.control.proxies(signal)) {
    for (const { name } of proxy.toxics) {
      await world.control.removeToxic(proxy.name, name, signal)
      mended.push(`removed ${name} from ${proxy.name}`)
    }
    if (proxy.enabled) continue
    await world.control.setEnabled(proxy.name, true, signal)
    mended.push(`enabled ${proxy.name}`)
  }
  return mended
}
