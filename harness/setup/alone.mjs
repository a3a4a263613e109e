// Two set-ups of one clone at once would take node_modules from under each other: one works, the others wait.
import * as fs from 'node:fs'
import { watch } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { read, root, say } from './files.mjs'

const lockFile = join(root, '.harness', 'setup.pid')

/** Runs `work` while no other set-up of this clone does; a set-up that was killed leaves a pid of nobody. */
export async function alone(work) {
  fs.mkdirSync(dirname(lockFile), { recursive: true })
  while (!claim()) {
    const pid = Number(read(lockFile))
    if (!isAlive(pid)) fs.rmSync(lockFile, { force: true })
    else await changeIn(dirname(lockFile), `waiting for process ${pid}; if that is no set-up, remove ${lockFile}`)
  }
  try {
    return await work()
  } finally {
    fs.rmSync(lockFile, { force: true })
  }
}

function claim() {
  try {
    fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (thrown) {
    if (thrown.code !== 'EEXIST') throw thrown
    return false
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (thrown) {
    return thrown.code === 'EPERM'
  }
}

/** Resolves when something changes in the directory, or after 5 s, since a killed process changes nothing. */
async function changeIn(directory, why) {
  say(why)
  try {
    for await (const _ of watch(directory, { signal: AbortSignal.timeout(5_000) })) return
  } catch (thrown) {
    if (thrown.name !== 'AbortError') throw thrown
  }
}
