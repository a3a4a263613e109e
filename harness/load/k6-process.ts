// k6 as a process of this machine: in a group of its own, so that only the harness ends it.
import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { HarnessError } from '../errors.ts'
import type { Exit, K6Order, LaunchK6, RunningK6 } from '../model/k6.ts'

/** As nice(1) counts: 0 is usual, -20 comes first. */
const PREFERRED = -10

/** Runs the k6 binary at this path; `env` is what a process needs of its machine besides what k6 is told. */
export function k6Process(binary: string, env: K6Order['env'] = {}): LaunchK6 {
  return (order) => spawnK6(binary, { ...order, env: { ...env, ...order.env } })
}

async function spawnK6(binary: string, { args, directory, stdout, stderr, env }: K6Order): Promise<RunningK6> {
  await using out = await open(stdout, 'w')
  await using err = await open(stderr, 'w')
  const child = spawn(binary, args, {
    cwd: directory,
    env,
    // Ctrl-C in the terminal must reach the harness alone, which then ends the load in its turn.
    detached: true,
    stdio: ['ignore', out.fd, err.fd],
  })
  const ending = Promise.withResolvers<Exit>()
  child.once('exit', (code, signal) => ending.resolve({ code, signal }))
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', () => {
      prefer(child.pid)
      resolve()
    })
    child.once('error', (cause) => {
      reject(new HarnessError('LOAD_NOT_STARTED', `could not run ${binary}`, { cause }))
    })
  })
  return {
    id: String(child.pid),
    exited: ending.promise,
    kill: async (signal) => void child.kill(signal),
    remove: async () => undefined,
  }
}

/** Load that waits behind what it loads is no load. Root alone may ask for this; for others it runs as everything does. */
function prefer(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, PREFERRED)
  } catch {
    // refused, or it has ended already, which its exit tells
  }
}
