// All that a service asks of others takes its time for a while, so that whoever asks it something has to wait as well.
import { resolveFaults } from '../../../faults/index.ts'
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
    const asks = rig.stack.edges.some(({ from }) => from === service)
    const refs = asks ? resolveFaults([{ kind: 'latency', edge: `${service}->*`, latency: LATENCY, for: '0s' }], rig.stack) : []
    await holdFaults(refs, { session, append, unwind, signal, beforeRevert: async () => void (await once()) })
    return await once()
  } finally {
    await unwind.run()
  }
}
