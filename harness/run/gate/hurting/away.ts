// A service is away for as long as something is looked at: killed, proved to be gone, on record, and started again whatever happens.
import { resolveFaults } from '../../../faults/index.ts'
import { holdFaults } from '../../fault-phase.ts'
import type { HurtingScene } from './hurting-scene.ts'

/** What `work` gives. FAULT_NOT_PROVED when the service cannot be seen to be gone: then nothing is looked at. */
export async function withoutService<T>(service: string, scene: HurtingScene, work: () => Promise<T>): Promise<T> {
  const { session, append, unwind, signal } = scene
  const refs = resolveFaults([{ kind: 'crash', service, for: '0s' }], session.rig.stack)
  const seen: T[] = []
  const look = async () => void seen.push(await work())
  try {
    await holdFaults(refs, { session, append, unwind, signal, beforeRevert: look })
  } finally {
    // where it was held to its end there is nothing left
    await unwind.run()
  }
  return seen[0] as T
}
