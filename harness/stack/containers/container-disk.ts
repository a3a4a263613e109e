// Fills and empties a tmpfs of a container from inside it. Nothing else can be filled: the disk of the host never.
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import { humanBytes } from '../../model/bytes.ts'
import type { Room } from '../../model/engine.ts'
import { sizeIn, trimmed } from '../../model/tmpfs.ts'
import { execIn } from './container-exec.ts'
import type { Executed } from './container-exec.ts'

const FILE = '.readiness-harness-fill'
const BLOCK = 65_536
/** What a shell, and the engine like one, says of a program that cannot be run or found. */
const NOT_RUN = [126, 127]
/** A size is rounded up to whole pages. */
const PAGE = 4_096

/** Room on a tmpfs of the container's own, as statfs tells it inside. FAULT_NOT_APPLIED when the path is anything else. */
export async function roomOf(container: Dockerode.Container, path: string, signal: AbortSignal): Promise<Room> {
  const declared = declaredSize(await container.inspect({ abortSignal: signal }), path)
  if (declared === undefined)
    throw refusal(path, 'is no tmpfs of its own with a size, and nothing else may be filled', `declare it in the compose file: tmpfs: ['${path}:size=64m']`)
  const seen = await run(container, ['stat', '-f', '-c', '%T %S %b %a', path], signal)
  const [type = '', block, blocks, free] = seen.stdout.trim().split(' ')
  const room = { sizeBytes: Number(block) * Number(blocks), freeBytes: Number(block) * Number(free) }
  if (type !== 'tmpfs' || !(Math.abs(room.sizeBytes - declared) < PAGE))
    throw refusal(path, `should be a tmpfs of ${humanBytes(declared)}, and is ${type || 'not to be seen'}: ${wordsOf(seen)}`)
  return room
}

/** Writes no more than the size of the tmpfs, whatever it may have become meanwhile. */
export async function fillDisk(container: Dockerode.Container, path: string, signal: AbortSignal): Promise<Room> {
  const { sizeBytes } = await roomOf(container, path, signal)
  const blocks = Math.ceil(sizeBytes / BLOCK)
  const filled = await run(container, ['dd', 'if=/dev/zero', `of=${trimmed(path)}/${FILE}`, `bs=${BLOCK}`, `count=${blocks}`], signal)
  const room = await roomOf(container, path, signal)
  // When nothing is left it ends with an error, as it should.
  if (filled.exitCode !== 0 && room.freeBytes >= BLOCK) throw refusal(path, `could not be filled: ${wordsOf(filled)}`)
  return room
}

/** Of a container that does not run a tmpfs is gone with all that was on it. */
export async function emptyDisk(container: Dockerode.Container, path: string, signal: AbortSignal): Promise<void> {
  const { State: state } = await container.inspect({ abortSignal: signal })
  if (!state.Running) return
  const removed = await run(container, ['rm', '-f', `${trimmed(path)}/${FILE}`], signal)
  if (removed.exitCode !== 0) throw new HarnessError('FAULT_NOT_REVERTED', `could not empty ${path}: ${wordsOf(removed)}`)
}

type Mounted = Pick<Dockerode.HostConfig, 'Tmpfs' | 'Mounts'>

/** Bytes of the tmpfs that the container was created with at this path; undefined when it has none there, or one without a size. */
export function declaredSize({ HostConfig: { Tmpfs: tmpfs, Mounts: mounts } }: { readonly HostConfig: Mounted }, path: string): number | undefined {
  const mount = (mounts ?? []).find(({ Type: type, Target: target }) => type === 'tmpfs' && trimmed(target) === trimmed(path))
  const [, options] = Object.entries((tmpfs ?? {}) as Record<string, string>).find(([target]) => trimmed(target) === trimmed(path)) ?? []
  return options === undefined ? mount?.TmpfsOptions?.SizeBytes : sizeIn(options)
}

async function run(container: Dockerode.Container, argv: readonly [string, ...string[]], signal: AbortSignal): Promise<Executed> {
  const done = await execIn(container, argv, signal)
  if (!NOT_RUN.includes(done.exitCode)) return done
  throw new HarnessError('FAULT_NOT_APPLIED', `${argv[0]} cannot be run in the container: ${wordsOf(done)}`, {
    hint: 'a disk is filled from inside: use an image that has stat, dd and rm',
  })
}

function wordsOf({ stdout, stderr }: Executed): string {
  return (stderr.trim() || stdout.trim()).split('\n')[0] ?? ''
}

function refusal(path: string, what: string, hint?: string): HarnessError {
  return new HarnessError('FAULT_NOT_APPLIED', `${path} ${what}`, hint === undefined ? {} : { hint })
}
