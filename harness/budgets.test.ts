// The budgets of the house: 200 lines a file, 40 a function, 3 parameters, nesting 3; linted, and nobody may opt out.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const FOLDERS = ['harness', 'chaos', 'scenarios', 'alerts', 'compose']
/** Written in parts, so that this file does not name itself. */
const OPT_OUTS = [
  `(oxlint|eslint)-${'disable'}`,
  `@ts-(${'ignore'}|${'expect'}-error|${'nocheck'})`,
  `(v8|c8|istanbul) ${'ignore'}`,
]

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => join(folder, name)),
)

interface Diagnostic {
  readonly code: string
  readonly message: string
  readonly filename: string
  readonly labels: readonly { readonly span: { readonly line: number } }[]
}

function lint(...args: readonly string[]): readonly string[] {
  const run = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), ['--format', 'json', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: readonly Diagnostic[] }
  return diagnostics.map(
    ({ filename, labels, code, message }) => `${filename}:${labels[0]?.span.line ?? 1} ${code} ${message}`,
  )
}

test('every file keeps the rules of .oxlintrc.json', () => {
  expect(lint().toSorted()).toEqual([])
}, 20_000)

test('the budgets are really in force: a file that breaks each of them is caught', () => {
  const directory = mkdtempSync(join(tmpdir(), 'budgets-'))
  const deep = 'if (a) { if (b) { if (c) { if (a) { return } } } }'
  const body = Array.from({ length: 40 }, (_, line) => `  void ${line}`).join('\n')
  writeFileSync(
    join(directory, 'x.ts'),
    `export function f(a, b, c, d) {\n  ${deep}\n${body}\n}\n${'// more\n'.repeat(160)}`,
  )
  const caught = lint('--config', join(ROOT, '.oxlintrc.json'), directory).map((line) => line.split(' ')[1])
  rmSync(directory, { recursive: true })
  expect(caught).toEqual(
    expect.arrayContaining([
      'eslint(max-lines)',
      'eslint(max-lines-per-function)',
      'eslint(max-params)',
      'eslint(max-depth)',
    ]),
  )
})

test('nobody opts out', () => {
  const optOut = new RegExp(OPT_OUTS.join('|'))
  expect(sources.filter((file) => optOut.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})

test('every file says in its first line why it exists', () => {
  const silent = sources.filter((file) => !/^(#!.*\n)?(\/\/|\/\*\*) ?\S/.test(readFileSync(join(ROOT, file), 'utf8')))
  expect(silent).toEqual([])
})
