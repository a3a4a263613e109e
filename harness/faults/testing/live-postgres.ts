// A real Postgres for live tests, the one the harness itself would start; it refuses to run as root, so root
// steps down.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { foundTool } from '../../stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { liveProcess } from './live-process.ts'
import type { LiveProcess } from './live-process.ts'

/** Where a user other than root can run them too, which node_modules need not be. */
const [initdb, server] = await Promise.all(['initdb', 'postgres'].map(foundTool))
const NOBODY = 65_534

export function hasPostgres(): boolean {
  return server !== undefined
}

export interface LivePostgres extends LiveProcess {
  /** To be called when the process is dead. */
  removeData(): void
}

/** Makes an empty cluster; the caller starts and kills the process. */
export function livePostgres(host: string): LivePostgres {
  const data = mkdtempSync(join(tmpdir(), 'faults-postgres-'))
  const nobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (process.getuid?.() === 0) chownSync(data, NOBODY, NOBODY)
  chmodSync(data, 0o700)
  execFileSync(initdb ?? 'initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    ...nobody,
    stdio: 'pipe',
    cwd: data,
  })
  const options = [
    '-D',
    data,
    '-h',
    host,
    '-p',
    '5432',
    '-c',
    'unix_socket_directories=',
    '-c',
    'fsync=off',
    '-c',
    'logging_collector=off',
  ]
  const postgres = liveProcess({
    argv: [server ?? 'postgres', ...options],
    address: { host, port: 5432 },
    options: { ...nobody, cwd: data },
  })
  return {
    ...postgres,
    start: async (signal) => {
      await postgres.start(signal)
      await answers(host, signal)
    },
    removeData: () => rmSync(data, { recursive: true, force: true }),
  }
}

/** It accepts connections before it serves them: on a busy machine for seconds. */
async function answers(host: string, signal?: AbortSignal): Promise<void> {
  await poll({ clock: systemClock, within: 20_000, every: 50, signal, what: 'postgres to answer' }, async () => {
    const client = new pg.Client({ host, user: 'postgres', database: 'postgres' })
    client.on('error', () => undefined)
    await client.connect()
    await client.end()
    return true
  })
}
