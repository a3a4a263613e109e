// What a service needs of others takes its time for a while, so that whoever asks it whether it is ready has to wait as well.
import { resolveFaults } from '../../../faults/index.ts'
import type { FaultRef } from '../../../model/entry.ts'
import type { Edge, Stack } from '../../../model/stack.ts'
import { serviceNamed } from '../../../stack/stack-places.ts'
import { holdFaults } from '../../fault-phase.ts'
import type { HurtingScene } from './hurting-scene.ts'

/** Long enough for a request to be caught in the middle, and to be told from the noise of a busy machine. */
const LATENCY = '1s'

/** What `work` gives. A service that asks nobody is left as fast as it is. */
export async function withSlowEdges<T>(service: string, scene: HurtingScene, work: () => Promise<T>): Promise<T> {
  const refs = resolveFaults(neededEdges(service, scene.rig.stack).map(({ name }) => ({ kind: 'latency', edge: name, latency: LATENCY, for: '0s' })), scene.rig.stack)
  const seen: T[] = []
  try {
    await heldInTurn(refs, scene, async () => void seen.push(await work()))
  } finally {
    await scene.unwind.run()
  }
  return seen[0] as T
}

/** One within the other: the work begins when the last of them is proved, and not with the first. */
async function heldInTurn([first, ...rest]: readonly FaultRef[], scene: HurtingScene, work: () => Promise<void>): Promise<void> {
  if (first === undefined) return work()
  const { session, append, unwind, signal } = scene
  await holdFaults([first], { session, append, unwind, signal, beforeRevert: () => heldInTurn(rest, scene, work) })
}

/** To those without whom it does not start; a gateway has many more, which it is not asked about. All, where it waits for nobody. */
export function neededEdges(service: string, stack: Stack): readonly Edge[] {
  const own = stack.edges.filter(({ from }) => from === service)
  const { dependsOn } = serviceNamed(stack, service)
  const needed = own.filter(({ to }) => dependsOn.includes(to))
  return needed.length > 0 ? needed : own
}
