// One harness process makes a tool while the others wait for it. The lock only saves work: two makers at once would do
// no harm, because each works in its own directory and the finished one appears by a single rename.
import { lock } from 'proper-lockfile'
import { poll, type Wait } from '../../time/poll.ts'

/** A lock that has not been renewed for so many ms belonged to a process that is gone. */
export const STALE_AFTER = 10_000

export type Release = () => Promise<void>

interface Turn {
  /** Absent when there is nothing left to do. */
  readonly release?: Release
  readonly failure?: unknown
}

/**
 * Waits for the lock on `path`, or until `isDone`, whichever is first. Returns the release, or undefined when done.
 * `onBusy` is called on every look that finds another process at work.
 */
export async function takeTurn(
  path: string,
  wait: Wait,
  look: { readonly isDone: () => Promise<boolean>; readonly onBusy: () => void },
): Promise<Release | undefined> {
  const turn = await poll<Turn>(wait, async () => {
    if (await look.isDone()) return {}
    const taken = await tryLock(path)
    if (taken === undefined) look.onBusy()
    return taken
  })
  if (turn.failure !== undefined) throw turn.failure
  return turn.release
}

async function tryLock(path: string): Promise<Turn | undefined> {
  let lost = false
  try {
    // A machine that slept may lose its lock: see above why that does no harm.
    const onCompromised = () => (lost = true)
    const release = await lock(path, { realpath: false, stale: STALE_AFTER, retries: 0, onCompromised })
    return { release: async () => (lost ? undefined : release()) }
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ELOCKED' ? undefined : { failure: thrown }
  }
}
