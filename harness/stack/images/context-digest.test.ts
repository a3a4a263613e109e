// The digest of a build context: the same for the same, and another one for whatever would make another image.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readContext } from './build-context.ts'
import { bundleService } from './bundle-service.ts'
import { digestOf } from './context-digest.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'context-digest-'))
  mkdirSync(join(root, 'compose'))
  mkdirSync(join(root, 'image/data'), { recursive: true })
  cpSync(join(import.meta.dirname, '../../../compose/toolchain'), join(root, 'compose/toolchain'), { recursive: true })
  write('package-lock.json', '{ "version": 1 }')
  write('image/Dockerfile', 'FROM readiness/node:24\nCOPY bin/k6 bin/node /bin/\nCOPY app/ data/ entry.sh /app/\n')
  mkdirSync(join(root, 'node'))
  write('node/Dockerfile', 'FROM scratch\n')
  write('image/data/one', '1')
  write('image/entry.sh', 'exec node')
  write('part.ts', 'export const part: number = 1\n')
  write('main.ts', "import { something } from 'a-package'\nimport { part } from './part.ts'\nsomething(part)\n")
})
afterEach(() => rmSync(root, { recursive: true }))

function write(name: string, text: string): void {
  writeFileSync(join(root, name), text)
}

async function digest(args?: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const substitute = { reference: 'readiness/x:1', build: { context: join(root, 'image'), ...(args && { args }) }, main: join(root, 'main.ts') }
  return digestOf(await readContext(substitute, { root, env }), substitute, { root, env })
}

test('nothing changed, nothing to build: not even for another comment, or another cache of tools', async () => {
  const before = await digest()
  write('part.ts', '// said otherwise\nexport const part = 1\n')
  expect(await digest(undefined, { HARNESS_CACHE: '/another' })).toBe(before)
})

test.each([
  ['a part of the service', 'part.ts', 'export const part = 2\n'],
  ['a package', 'package-lock.json', '{ "version": 2 }'],
  ['the Dockerfile', 'image/Dockerfile', 'FROM readiness/node:24\nCOPY bin/k6 /bin/\nCOPY app/ data/ entry.sh /app/\n'],
  ['a file beside it', 'image/entry.sh', 'exec node --trace-warnings'],
  ['a file in a folder beside it', 'image/data/two', '2'],
  ['what its base is built from', 'node/Dockerfile', 'FROM scratch\nUSER 1:1\n'],
  ['the version of a tool', 'compose/toolchain/k6/go.mod', 'module k6\n'],
])('%s changes it', async (_, name, text) => {
  const before = await digest()
  write(name, text)
  expect(await digest()).not.toBe(before)
})

test('a build argument changes it', async () => {
  expect(await digest({ LEVEL: '1' })).not.toBe(await digest())
})

test('what cannot be copied or compiled is named', async () => {
  write('image/Dockerfile', 'FROM scratch\nCOPY lost.txt /\n')
  await expect(digest()).rejects.toMatchObject({ code: 'COMPOSE_INVALID', message: expect.stringContaining('copies lost.txt, which is not there') })
  write('part.ts', 'export const part = = 1\n')
  await expect(bundleService(join(root, 'main.ts'), root)).rejects.toMatchObject({ code: 'CONTENT_INVALID', message: expect.stringContaining('part.ts:1') })
})
