// The set-up of a clone, with an npm that is a script: when it installs, when not, and what it says when it cannot.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const LOCK = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '1.0.0', optional: true, os: ['none'] },
  },
}
const NEWER = { packages: { 'node_modules/a': { version: '2.0.0' } } }
const INSTALLED = { packages: { 'node_modules/a': { version: '1.0.0' } } }
const NPM = `#!/bin/sh
echo "$*" >> npm.log
[ -n "$NPM_FAILS" ] && { echo 'npm error the registry is down' >&2; exit 1; }
mkdir -p node_modules/a node_modules/.bin node_modules/node/bin
cp installed.json node_modules/.package-lock.json
ln -sf "${process.execPath}" node_modules/node/bin/node
[ -n "$NO_SCRIPTS" ] || ln -sf ../node/bin/node node_modules/.bin/node
echo 'npm http fetch GET 200 https://registry/a/-/a-1.0.0.tgz 12ms (cache miss)' >&2
`

let clone: string
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'setup-test-'))
  for (const name of ['setup.mjs', 'setup']) {
    await cp(join(import.meta.dirname, name), join(clone, 'harness', name), { recursive: true })
  }
  await writeFile(join(clone, 'harness/main.ts'), '#!/usr/bin/env node\n', { mode: 0o644 })
  await writeJson('package.json', { devDependencies: { node: process.version.slice(1) } })
  await writeJson('package-lock.json', LOCK)
  await writeJson('installed.json', INSTALLED)
  await mkdir(join(clone, 'bin'))
  await writeFile(join(clone, 'bin/npm'), NPM)
  await chmod(join(clone, 'bin/npm'), 0o755)
})
afterEach(() => rm(clone, { recursive: true, force: true }))

function writeJson(name: string, value: unknown): Promise<void> {
  return writeFile(join(clone, name), JSON.stringify(value))
}

async function setUp(env: NodeJS.ProcessEnv = {}, ...args: string[]) {
  const path = `${clone}/bin:${dirname(process.execPath)}:/usr/bin:/bin`
  const child = spawn(process.execPath, [join(clone, 'harness/setup.mjs'), ...args], { env: { PATH: path, ...env } })
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'close')
  return { code, said }
}

async function installs(): Promise<number> {
  const log = await readFile(join(clone, 'npm.log'), 'utf8').catch(() => '')
  return log.split('\n').filter((line) => line.startsWith('ci ')).length
}

it('installs a fresh clone, links the command, and does nothing the second time', async () => {
  const first = await setUp()
  expect(first).toMatchObject({ code: 0, said: expect.stringMatching(/installing 1 packages.*\n.*fetched 1 of 1/) })
  expect(await readlink(join(clone, 'node_modules/.bin/harness'))).toBe('../../harness/main.ts')
  expect((await stat(join(clone, 'harness/main.ts'))).mode & 0o111).toBe(0o111)
  expect(await setUp()).toEqual({ code: 0, said: '' })
  expect(await installs()).toBe(1)
})

it('accepts an npm ci that was run by hand', async () => {
  await setUp()
  await rm(join(clone, 'node_modules/.harness-lock'))
  expect(await setUp({}, 'link')).toEqual({ code: 0, said: '' })
  expect(await installs()).toBe(1)
})

it.each([
  ['the lock asks for another version', () => writeJson('package-lock.json', NEWER)],
  ['a package is gone', () => rm(join(clone, 'node_modules'), { recursive: true })],
  ['npm installed something else since', () => writeJson('node_modules/.package-lock.json', { packages: {} })],
])('installs again when %s', async (_, change) => {
  await setUp()
  await change()
  expect((await setUp()).code).toBe(0)
  expect(await installs()).toBe(2)
})

it('says what npm said and what to do when npm fails, and can be run again', async () => {
  const { code, said } = await setUp({ NPM_FAILS: '1' })
  expect(code).toBe(4)
  expect(said).toMatch(/npm ci ended with 1:\nnpm error the registry is down\nto do: /)
  expect((await setUp()).code).toBe(0)
})

it('never installs from within npm', async () => {
  expect(await setUp({}, 'link')).toMatchObject({ code: 4, said: expect.stringContaining('to do: npm ci') })
  expect(await installs()).toBe(0)
})

it('takes over from a set-up that was killed', async () => {
  await mkdir(join(clone, '.harness'))
  await writeFile(join(clone, '.harness/setup.pid'), '999999999')
  expect((await setUp()).code).toBe(0)
})

it('fetches Node itself, or says how to allow it, where npm runs no scripts', async () => {
  const node = join(clone, 'node_modules/node')
  await mkdir(node, { recursive: true })
  await writeFile(join(node, 'installArchSpecificPackage.js'), `require('fs').writeFileSync('ran', '')`)
  expect((await setUp({ NO_SCRIPTS: '1' })).said).toContain('fetching Node')
  expect((await stat(join(node, 'ran'))).isFile()).toBe(true)
  await writeJson('package.json', { devDependencies: { node: '99.0.0' } })
  await rm(join(clone, 'node_modules/.harness-lock'))
  const said = expect.stringMatching(/wanted v99\.0\.0\nto do: npm rebuild node/)
  expect(await setUp()).toMatchObject({ code: 4, said })
})
