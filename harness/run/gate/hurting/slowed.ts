// What a service needs of others takes its time for a while, so that whoever asks it whether it is ready has to wait as well.
import { resolveFaults } from '../../../faults/index.ts'
import type { Edge, Stack } from '../../../model/stack.ts'
import { serviceNamed } from '../../../stack/stack-places.ts'
import { holdFaults } from '../../fault-phase.ts'
import type { HurtingScene } from './hurting-scene.ts'

/** Long enough for a request to be caught in the middle, too short for anybody to give up. */
const LATENCY = '400ms'

/** What `work` gives. A service that asks nobody is left as fast as it is. */
export async function withSlowEdges<T>(service: string, scene: HurtingScene, work: () => Promise<T>): Promise<T> {
  const { session, append, unwind, signal, rig } = scene
  let begun: Promise<T> | undefined
  // every edge waits for the same work
  const once = () => (begun ??= work())
  try {
    const refs = resolveFaults(neededEdges(service, rig.stack).map(({ name }) => ({ kind: 'latency', edge: name, latency: LATENCY, for: '0s' })), rig.stack)
    await holdFaults(refs, { session, append, unwind, signal, beforeRevert: async () => void (await once()) })
    return await once()
  } finally {
    await unwind.run()
  }
}

/** To those without whom it does not start; a gateway has many more, which it is not asked about. All, where it waits for nobody. */
export function neededEdges(service: string, stack: Stack): readonly Edge[] {
  const own = stack.edges.filter(({ from }) => from === service)
  const { dependsOn } = serviceNamed(stack, service)
  const needed = own.filter(({ to }) => dependsOn.includes(to))
  return needed.length > 0 ? needed : own
}
