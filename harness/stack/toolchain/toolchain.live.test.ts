// Every real tool is found or made here, and says that it is the version we want. From a cold cache this takes minutes.
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { cacheRoot } from './cache.ts'
import { run } from './command.ts'
import { ensureTools } from './ensure.ts'
import { inspectHost } from './inspect-host.ts'
import { inspectTools } from './inspect.ts'
import { claimPublicDirectory, locatePublicDirectory, unprivileged } from './public-directory.ts'
import { readTools } from './tool.ts'
import { isAtLeast, parseVersion } from './version.ts'

const root = join(import.meta.dirname, '../../..')
const options = { root, env: process.env }
const host = await inspectHost(options)
const NEEDS = { go: ['go'], debian: ['apt-get', 'dpkg-deb'], npm: [] } as const
const tools = await readTools(root)
const HOUR = 3_600_000
type Undo = (() => Promise<unknown>)[]

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  it('resolves, and each binary prints its version', { timeout: HOUR }, async (context) => {
    const missing = (await inspectTools({ ...options, names: [name] })).some(({ source }) => source === 'missing')
    const needs: readonly string[] = NEEDS[tool.recipe.kind]
    const lacking = host.filter((check) => !check.ok && needs.includes(check.name))
    context.skip(missing && lacking.length > 0, `it must be made, and ${lacking[0]?.remedy}`)
    const paths = await ensureTools([name], options)
    for (const [binaryName, { versionArgs, versionPattern }] of Object.entries(tool.binaries)) {
      const command = { file: paths.get(binaryName) ?? '', args: versionArgs, env: process.env }
      const { text } = await run(command, { clock: systemClock, within: 10_000 })
      const version = parseVersion(text, versionPattern)
      expect(isAtLeast(version, tool.minimum), `${binaryName} says ${version}`).toBe(true)
    }
    for (const status of await inspectTools({ ...options, names: [name] })) expect(status.source).not.toBe('missing')
  })
})

describe('postgres', () => {
  const undo: Undo = []
  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  })

  it('makes a database and answers a query, also when the harness is root', async () => {
    const paths = await ensureTools(['postgres'], options)
    const parent = await locatePublicDirectory(cacheRoot(process.env))
    await claimPublicDirectory(parent)
    const data = await mkdtemp(join(parent, 'data-'))
    undo.push(() => rm(data, { recursive: true }))
    const identity = await unprivileged()
    if (identity) await chown(data, identity.uid, identity.gid)
    await start(paths, data, undo)
    const wait = { clock: systemClock, within: 10_000, what: 'postgres to answer' }
    const version = await poll(wait, () => ask('show server_version'))
    expect(isAtLeast(version, '18')).toBe(true)
  })
})

async function start(paths: ReadonlyMap<string, string>, data: string, undo: Undo): Promise<void> {
  const as = { ...(await unprivileged()), cwd: data, env: {} }
  const [initdb, postgres] = [paths.get('initdb') ?? '', paths.get('postgres') ?? '']
  const made = spawn(initdb, ['-D', data, '-U', 'tester', '--auth=trust', '--no-sync'], as)
  const [code] = await once(made, 'close')
  expect(code).toBe(0)
  const server = spawn(postgres, ['-D', data, '-h', '127.61.0.1', '-p', '5432', '-k', ''], as)
  const ended = once(server, 'close')
  undo.push(async () => {
    server.kill('SIGINT')
    await ended
  })
}

async function ask(query: string): Promise<string> {
  const client = new pg.Client({ host: '127.61.0.1', user: 'tester', database: 'postgres' })
  await client.connect()
  try {
    return Object.values((await client.query(query)).rows[0]).join()
  } finally {
    await client.end()
  }
}
