// Whoever is to be told cannot be: a receiver of notifications fails, hangs or is late, by whatever it is told.
import type { FaultOf, Misbehaviour } from '../model/fault.ts'
import type { FaultKind, Judge, Receivers, Sight, World } from './fault-kind.ts'
import { HarnessError } from '../errors.ts'
import { lookAtReceiver } from './receiver-look.ts'

const EFFECT: Readonly<Record<Misbehaviour, string>> = {
  500: 'answers every notification with an error',
  hang: 'takes notifications and never answers',
  slow: 'answers each notification a second late',
}
/** Longer than a slow receiver takes. */
const PATIENCE_MS = 2_500
const SLOW_MS = 800

export const receiver_broken: FaultKind<FaultOf<'receiver_broken'>> = {
  describe: ({ receiver, how }) => `${receiver} ${EFFECT[how]}`,
  undo: (ref) => ({ action: 'mend-receiver', receiver: ref.target }),
  apply: async (ref, world) => receiversOf(world).misbehave(ref.target, ref.fault.how),
  look: (ref, { world, patienceMs, signal }) => lookAtReceiver({ address: receiversOf(world).address, receiver: ref.target, patienceMs, clock: world.clock }, signal),
  judge: ({ how }): Judge => ({
    patienceMs: () => PATIENCE_MS,
    blind: ({ outcome, status }) => (outcome === 'answered' && status === 200 ? undefined : 'the receiver did not answer before the fault'),
    bites: (_, seen) => BITES[how](seen),
    gone: (_, seen) => seen.outcome === 'answered' && seen.status === 200 && !BITES.slow(seen),
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}

const BITES: Readonly<Record<Misbehaviour, (seen: Sight) => boolean>> = {
  500: ({ status }) => status === 500,
  hang: ({ outcome }) => outcome === 'silent',
  slow: ({ firstByteMs = 0 }) => firstByteMs >= SLOW_MS,
}

function receiversOf({ receivers }: World): Receivers {
  if (receivers === undefined) throw new HarnessError('FAULT_NOT_APPLIED', 'no run receives notifications here, so none of its receivers can be broken')
  return receivers
}
