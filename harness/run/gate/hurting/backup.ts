// Whether a backup holds what it is a backup of: taken while the system works, put back into an empty database, and compared.
import { join } from 'node:path'
import { performUndo } from '../../../faults/index.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import { ownerOf } from '../../../probes/database-owner.ts'
import { useDatabase } from '../../../probes/database-reader.ts'
import { observe } from '../../../probes/probe.ts'
import type { Digest } from './backup/digest.ts'
import { digestsOf } from './backup/digest.ts'
import { dumpTo, namelessFile, restoreFrom } from './backup/dump.ts'
import type { HurtingLook, HurtingScene } from './hurting-scene.ts'

const REMOVE_WITHIN = 10_000
const DROP_WITHIN = 20_000

type Value = FactValue<'backup'>

export const backup: HurtingLook<'backup'> = ({ service }, scene) =>
  observe<Value>(scene.signal, [], async () => {
    const file = await namelessFile(join(scene.session.directory, `backup-of-${service}`))
    scene.unwind.register({ what: 'backup on disk', within: REMOVE_WITHIN, release: () => file.close() })
    const { definition, digests } = await useDatabase(ownerOf(scene, service), (ask) => dumpTo(file, ask))
    const copy = await emptyDatabase(service, scene)
    const restored = await useDatabase(ownerOf(scene, service, copy), async (ask) => {
      await restoreFrom(file, definition, ask)
      return digestsOf(ask, definition.tables)
    })
    await scene.unwind.run()
    return { value: compared(digests, restored), missing: definition.left.length === 0 ? undefined : `not put back: ${definition.left.join(', ')}` }
  })

/** Its name. In the undo log before it is there. */
async function emptyDatabase(service: string, scene: HurtingScene): Promise<string> {
  const { session, unwind, rig, clock } = scene
  const database = `readiness_restore_${scene.run.replaceAll(/[^a-z0-9]/g, '')}_${session.world.clock.now().toString(36)}`
  const undo = { action: 'drop-database', service, database } as const
  const id = session.undoLog.pending(undo)
  unwind.register({
    what: `copy of the data of ${service}`,
    within: DROP_WITHIN,
    release: async (signal) => {
      await performUndo(undo, { rig, clock, control: session.control }, signal)
      session.undoLog.done(id)
    },
  })
  await useDatabase(ownerOf(scene, service, 'postgres'), (ask) => ask(`create database ${database} template template0`))
  return database
}

export function compared(digests: readonly Digest[], restored: readonly Digest[]): Value {
  return digests.map(({ table, rows, md5 }) => {
    const back = restored.find((one) => one.table === table)
    return { table, rows, restored: back?.rows ?? 0, same: back?.md5 === md5 && back.rows === rows }
  })
}
