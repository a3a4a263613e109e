// The disk of a service is full: it can read and answer, and no longer keep anything.
import { humanBytes } from '../model/bytes.ts'
import type { FaultOf } from '../model/fault.ts'
import type { Room } from '../model/engine.ts'
import { engineOf } from './engine-of.ts'
import type { FaultKind } from './fault-kind.ts'
import { lookAtRoom } from './kernel-look.ts'
import { slackMs } from './toxic-kind.ts'

/** Less than this share of a file system is nearly nothing. */
const NEARLY_NONE = 0.01
/** Of the room there was before; the service itself may have taken the rest meanwhile. */
const BACK = 0.5

export const disk_full: FaultKind<FaultOf<'disk_full'>> = {
  describe: (fault) => `${fault.path} of ${fault.service} is filled until nothing is left`,
  reads: 'the room on its disk from inside',
  undo: (ref) => ({ action: 'empty-disk', service: ref.target, path: ref.fault.path }),
  apply: (ref, { rig }) => engineOf(rig, 'disk_full').fill(ref.target, ref.fault.path),
  look: (ref, glance) => lookAtRoom(ref.target, ref.fault.path, glance),
  judge: () => ({
    patienceMs: slackMs,
    blind: ({ room }) => {
      if (room === undefined) return 'nobody read the room on its disk before the fault'
      return isFull(room) ? `only ${humanBytes(room.freeBytes)} of ${humanBytes(room.sizeBytes)} were free before the fault` : undefined
    },
    bites: (_, { room }) => room !== undefined && isFull(room),
    gone: (before, { room }) => room !== undefined && !isFull(room) && room.freeBytes >= BACK * (before.room?.freeBytes ?? Infinity),
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}

function isFull({ sizeBytes, freeBytes }: Room): boolean {
  return freeBytes < NEARLY_NONE * sizeBytes
}
