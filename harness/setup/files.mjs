// Paths of this clone and what every part of the set-up says and reads.
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const modules = join(root, 'node_modules')

/** A failure that the operator can mend; its last line says how. */
export class SetupFailure extends Error {}

/** Text of a file, undefined when there is none. */
export function read(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (thrown) {
    if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') return undefined
    throw thrown
  }
}

/** [path, entry] of every package in package-lock.json. */
export function lockedPackages() {
  const lock = read(join(root, 'package-lock.json'))
  if (lock === undefined) throw new SetupFailure('there is no package-lock.json\nto do: git checkout package-lock.json')
  return Object.entries(JSON.parse(lock).packages).filter(([path]) => path !== '')
}

export function say(line) {
  process.stderr.write(`set-up: ${line}\n`)
}
