// One real process on one address, which can be killed, frozen and started again.
import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { constants } from 'node:os'
import { join } from 'node:path'
import type { Address, ServiceState } from '../../model/stack.ts'
import type { Stopped } from '../../model/stopped.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'

export interface LiveProcess {
  readonly address: Address
  /** Resolves when the process accepts connections. */
  start(signal?: AbortSignal): Promise<void>
  kill(): Promise<void>
  terminate(graceMs: number): Promise<Stopped>
  freeze(): void
  thaw(): void
  /** SIGHUP. */
  reload(): void
  state(): ServiceState
}

export interface Command {
  readonly argv: readonly [string, ...string[]]
  readonly address: Address
  readonly options?: SpawnOptions
}

export function liveProcess({ argv: [file, ...args], address, options = {} }: Command): LiveProcess {
  let child: ChildProcess | undefined
  let frozen = false
  const kill = async () => {
    if (!child || !running()) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  const running = () => child !== undefined && child.exitCode === null && child.signalCode === null
  return {
    address,
    start: async (signal) => {
      child = spawn(file, args, { stdio: 'ignore', ...options })
      frozen = false
      await poll({ clock: systemClock, within: 20_000, every: 20, signal, what: `${file} to accept connections` }, () =>
        accepts(address),
      )
    },
    kill,
    terminate: async (graceMs) => {
      const began = Date.now()
      child?.kill('SIGTERM')
      const wait = { clock: systemClock, within: graceMs, every: 5, what: `${file} to end` }
      const ended = await poll(wait, async () => !running()).catch(() => false)
      const ms = Date.now() - began
      await kill()
      const code = child?.exitCode ?? 128 + (constants.signals[child?.signalCode ?? 'SIGTERM'] ?? 0)
      return { ended, ms, ...(ended ? { exitCode: code } : {}) }
    },
    freeze: () => void (frozen = child?.kill('SIGSTOP') ?? false),
    thaw: () => void (frozen = !child?.kill('SIGCONT')),
    reload: () => void child?.kill('SIGHUP'),
    state: () => (running() ? (frozen ? 'frozen' : 'running') : 'stopped'),
  }
}

/** The small HTTP server of http-upstream.ts, as a process of its own. */
export function liveUpstream(address: Address): LiveProcess {
  const script = join(import.meta.dirname, 'http-upstream.ts')
  return liveProcess({ argv: [process.execPath, script, address.host, String(address.port)], address })
}

async function accepts({ host, port }: Address): Promise<boolean> {
  const socket = connect({ host, port })
  try {
    await once(socket, 'connect')
    return true
  } finally {
    socket.destroy()
  }
}
