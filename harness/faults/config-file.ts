// Changes one node of a configuration file of this run, and puts the file back as it was.
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { isScalar, parseDocument } from 'yaml'
import { HarnessError } from '../errors.ts'
import { findPlace } from '../model/config-place.ts'
import type { FaultOf } from '../model/fault.ts'
import type { Rig } from '../model/stack.ts'

export type Change = Pick<FaultOf<'config_change'>, 'at' | 'to'>
interface Place {
  readonly service: string
  readonly file: string
}
type Configured = Pick<Rig, 'configFile' | 'reload'>

/** The text with one node changed or taken out; all else stays, comments too. Undefined when there is no such node. */
export function changedText(text: string, { at, to }: Change): string | undefined {
  const document = parseDocument(text)
  const found = document.errors.length > 0 ? undefined : findPlace(document.toJS(), at)
  if (found === undefined || !('path' in found)) return undefined
  const { path } = found
  const node = document.getIn(path, true)
  if (to === undefined) document.deleteIn(path)
  else if (isScalar(node)) node.value = to
  else document.setIn(path, to)
  return document.toString({ lineWidth: 0 })
}

/** Keeps the original beside the file, writes the change in place, and has the service read it. */
export async function changeConfig({ service, file }: Place, change: Change, rig: Configured): Promise<void> {
  const own = rig.configFile(service, file)
  const text = changedText(await readFile(own, 'utf8'), change)
  if (text === undefined) throw new HarnessError('FAULT_NOT_APPLIED', `${file} of ${service} has nothing at ${change.at}`)
  await keep(own)
  // never renamed: a container has mounted this very file
  await writeFile(own, text)
  await rig.reload(service)
}

/** What was never changed, or is restored already, stays as it is. */
export async function restoreConfig({ service, file }: Place, rig: Configured): Promise<void> {
  const own = rig.configFile(service, file)
  if (!existsSync(before(own))) return
  await writeFile(own, await readFile(before(own)))
  await rig.reload(service)
  await rm(before(own))
}

/** Whole or not at all, whenever the harness dies. */
async function keep(own: string): Promise<void> {
  await copyFile(own, `${before(own)}.part`)
  await rename(`${before(own)}.part`, before(own))
}

const before = (own: string) => `${own}.before`
