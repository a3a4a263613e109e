// As root, Postgres runs as somebody else: where its files may lie, and which directories must not be trusted.
import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimPublicDirectory, locatePublicDirectory, unprivileged } from './public-directory.ts'

const isRoot = process.getuid?.() === 0
let base: string
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'public-test-'))
})
afterEach(() => rm(base, { recursive: true }))

it.skipIf(isRoot)('is the preferred one, and nobody else is needed, where we are not root', async () => {
  expect(await locatePublicDirectory(join(base, 'cache'))).toBe(join(base, 'cache'))
  expect(await unprivileged()).toBeUndefined()
})

describe.skipIf(!isRoot)('as root', () => {
  it('is the preferred one where everybody can pass', async () => {
    await chmod(base, 0o755)
    expect(await locatePublicDirectory(join(base, 'cache'))).toBe(join(base, 'cache'))
  })
  it('is a temporary one where others cannot pass, or could replace it', async () => {
    const shared = join(tmpdir(), 'readiness-harness-0')
    expect(await locatePublicDirectory(join(base, 'cache'))).toBe(shared)
    await chmod(base, 0o777)
    expect(await locatePublicDirectory(join(base, 'cache'))).toBe(shared)
    expect(await locatePublicDirectory(join(base, 'not-there/cache'))).toBe(shared)
  })
  it.each([
    ['belongs to somebody else', (path: string) => mkdir(path).then(() => chown(path, 65_534, 65_534))],
    ['can be written by others', (path: string) => mkdir(path).then(() => chmod(path, 0o777))],
    ['is a link', (path: string) => symlink('/tmp', path)],
  ])('refuses one that %s', async (_, make) => {
    await chmod(base, 0o755)
    await make(join(base, 'cache'))
    await expect(locatePublicDirectory(join(base, 'cache'))).rejects.toMatchObject({ code: 'TOOL_MISSING' })
  })
  it('is made readable by all', async () => {
    await chmod(base, 0o755)
    await mkdir(join(base, 'cache'), { mode: 0o700 })
    await claimPublicDirectory(join(base, 'cache'))
    expect((await stat(join(base, 'cache'))).mode & 0o777).toBe(0o755)
  })
  it('runs such programs as nobody', async () => {
    expect((await unprivileged())?.uid).toBeGreaterThan(0)
  })
})
