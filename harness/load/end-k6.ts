// The one way a load is ended: SIGINT, so that k6 writes all it knows, and killed only when it must be.
import type { Exit, RunningK6 } from '../model/k6.ts'
import type { Clock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'

/** k6 needs a while to write summary and dashboard on a busy machine. */
const STOP_WITHIN_MS = 20_000
const KILL_WITHIN_MS = 5_000

/** Resolves once it is gone, however often it is called; DEADLINE when even a kill does not end it. */
export async function endK6(k6: RunningK6, clock: Clock): Promise<Exit> {
  let ended = false
  const exit = k6.exited.finally(() => {
    ended = true
  })
  // What is gone already must not be told to go: its id may belong to another by now.
  await Promise.race([exit, clock.sleep(0)])
  if (!ended) await k6.kill('SIGINT')
  const wait = { clock, within: STOP_WITHIN_MS, every: 50, what: 'k6 to end after SIGINT' }
  try {
    await poll(wait, async () => ended)
  } catch {
    // Too late is not an error: the exit says that it was killed.
    await k6.kill('SIGKILL')
    await poll({ ...wait, within: KILL_WITHIN_MS, what: 'k6 to end after SIGKILL' }, async () => ended)
  }
  await k6.remove()
  return exit
}
