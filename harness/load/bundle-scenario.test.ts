// Every scenario must become one file that needs nothing but k6.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleScenario } from './bundle-scenario.ts'

const root = join(import.meta.dirname, '../..')
const scenarios = globSync('scenarios/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
let directory = ''

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'bundle-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

test('there are scenarios', () => {
  expect(scenarios.map((file) => basename(file, '.ts'))).toEqual(expect.arrayContaining(['auth', 'sample-processing']))
})

test.each(scenarios)('%s becomes one file that imports only k6', async (file) => {
  const outfile = join(directory, `${basename(file, '.ts')}.js`)
  await bundleScenario(join(root, file), outfile)
  const script = readFileSync(outfile, 'utf8')
  const imports = [...script.matchAll(/^import .*? from "(.*)";$/gm)].map(([, from = '']) => from)
  expect(imports.length).toBeGreaterThan(0)
  expect(imports.filter((from) => from !== 'k6' && !from.startsWith('k6/'))).toEqual([])
  for (const name of ['options', 'handleSummary', 'setup', 'as default']) {
    expect(script.slice(script.lastIndexOf('export {'))).toContain(name)
  }
})

test('a scenario that does not compile is refused with its line', async () => {
  const file = join(directory, 'broken.ts')
  writeFileSync(file, "import { gone } from './gone.ts'\nexport default function () { gone( }\n")
  await expect(bundleScenario(file, join(directory, 'broken.js'))).rejects.toMatchObject({
    code: 'CONTENT_INVALID',
    message: expect.stringMatching(/broken\.ts does not compile: .*broken\.ts:2 /),
  })
})
