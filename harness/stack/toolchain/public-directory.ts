// Postgres refuses to run as root. When the harness is root, its files must lie where another user can reach them.
import type { Stats } from 'node:fs'
import { chmod, lstat, mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import { isAbsent } from './executable.ts'

export interface Identity {
  readonly uid: number
  readonly gid: number
}

/**
 * Where every user can read and only we can write: `preferred` when it is such a place or when we are not root,
 * else readiness-harness-<uid> in a temporary directory. It need not exist yet.
 * Throws TOOL_MISSING when somebody else owns that name.
 */
export async function locatePublicDirectory(preferred: string): Promise<string> {
  const uid = process.getuid?.()
  if (uid !== 0) return preferred
  if (await isOpenToAll(dirname(preferred))) return demandOurs(preferred)
  for (const parent of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await isOpenToAll(parent)) return demandOurs(join(parent, `readiness-harness-${uid}`))
  }
  const tried = [dirname(preferred), tmpdir(), '/tmp', '/var/tmp'].join(', ')
  throw new HarnessError('TOOL_MISSING', `no directory here can be read by other users; tried ${tried}`, {
    hint: 'set HARNESS_CACHE to such a directory: Postgres cannot run as root and must be able to read its own files',
  })
}

/** Makes the directory that `locatePublicDirectory` found, readable by all whatever the umask is. */
export async function claimPublicDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o755 })
  await demandOurs(directory)
  if (process.getuid?.() === 0) await chmod(directory, 0o755)
}

/** The user that programs run as which refuse to be root; undefined when we are not root and so need no other. */
export async function unprivileged(): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) }
}

/** Whether any user can pass through `directory` and all above it, and nobody else can replace what we put there. */
async function isOpenToAll(directory: string): Promise<boolean> {
  const found = await statusOf(directory)
  if (found === undefined || !found.isDirectory() || (found.mode & 0o001) === 0) return false
  const othersMayReplace = (found.mode & 0o022) !== 0 && (found.mode & 0o1000) === 0
  if (othersMayReplace || found.uid !== 0) return false
  return directory === dirname(directory) || isOpenToAll(dirname(directory))
}

/** A directory that others could have filled is worse than none: what lies in it is run. */
async function demandOurs(directory: string): Promise<string> {
  const found = await statusOf(directory)
  if (found === undefined) return directory
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return directory
  throw new HarnessError('TOOL_MISSING', `${directory} cannot be trusted: others could have written what is in it`, {
    hint: 'find out who made it and remove it, or set HARNESS_CACHE to a directory that other users can read',
  })
}

async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (thrown) {
    if (isAbsent(thrown)) return undefined
    throw thrown
  }
}
