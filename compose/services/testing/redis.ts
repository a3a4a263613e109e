// Starts a real Redis of its own for live tests, which keeps every write on disk, and can kill and revive it.
import { Redis } from 'ioredis'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { foundTool } from '../../../harness/stack/toolchain/testing/found-tool.ts'

const SERVER = (await foundTool('redis-server')) ?? 'redis-server'

/** A running Redis. */
export interface TestRedis {
  readonly url: string
  /** Runs one command, for a test to look at what is stored. */
  read(command: string, ...args: (string | number)[]): Promise<unknown>
  pid(): number
  kill(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

/** Starts Redis at `host`:6379 in a directory of its own. */
export async function startRedis(host: string): Promise<TestRedis> {
  const data = await mkdtemp(join(tmpdir(), 'services-redis-'))
  const url = `redis://${host}:6379`
  const state: { child?: ChildProcess } = {}
  const kill = async (): Promise<void> => {
    const { child } = state
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const start = async (): Promise<void> => {
    const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
    const args = ['--bind', host, '--port', '6379', '--dir', data, ...durable]
    state.child = spawn(SERVER, args, { stdio: 'ignore' })
    await vi.waitFor(() => runOnce(url, 'ping', []), { timeout: 10_000, interval: 50 })
  }
  await start()
  return {
    url,
    read: (command, ...args) => runOnce(url, command, args),
    pid: () => state.child?.pid ?? 0,
    kill,
    start,
    remove: async () => {
      await kill()
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function runOnce(url: string, command: string, args: (string | number)[]): Promise<unknown> {
  const client = new Redis(url, { lazyConnect: true, protocol: 2, retryStrategy: () => null })
  // Connecting fails as the command does, and the command's error is the one to see.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await client.call(command, ...args)
  } finally {
    client.disconnect()
  }
}
