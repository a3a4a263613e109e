// Tells a run that somebody drives from one whose harness died: owner.json in the run's directory.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { processStart } from '../stack/local/process.ts'

const ownerSchema = z.strictObject({
  pid: z.number(),
  start: z.string(),
  /** The run whose stack this one uses, when it is not its own. */
  on: z.string().optional(),
})
export type Owner = z.infer<typeof ownerSchema>

/** Says in the run's directory which process drives it, and on whose stack. */
export function lockRun(directory: string, on?: string): void {
  const owner: Owner = { pid: process.pid, start: processStart(process.pid), ...(on === undefined ? {} : { on }) }
  writeFileSync(join(directory, 'owner.json'), JSON.stringify(owner))
}

/** Says that nobody drives the run any more; on whose stack it was stays on record. */
export function unlockRun(directory: string): void {
  const owner = ownerOf(directory)
  writeFileSync(join(directory, 'owner.json'), JSON.stringify({ ...owner, pid: 0, start: '' }))
}

/** Undefined when nobody ever said. */
export function ownerOf(directory: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(join(directory, 'owner.json'), 'utf8')))
  } catch {
    return undefined
  }
}

/** Whether the process that drives the run is still there: same id, same start. */
export function lockedByLiving(directory: string): boolean {
  const owner = ownerOf(directory)
  return owner !== undefined && owner.start !== '' && processStart(owner.pid) === owner.start
}
