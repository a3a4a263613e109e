// The arrows of the design, read from the imports themselves. There is no list of exceptions: a file that does not fit is moved or split.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const CONTENT = ['chaos', 'scenarios', 'alerts', 'compose', 'reports']

/** What each part may import besides itself. `model` and `errors` are open to all but `errors` itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  main: ['commands', 'run', 'time'],
  commands: ['run', 'drill', 'checks', 'render'],
  run: ['stack', 'load', 'faults', 'probes', 'sinks', 'journal', 'drill', 'time'],
  stack: ['time'],
  load: ['time'],
  faults: ['probes', 'time'],
  probes: ['time'],
  sinks: ['time'],
  drill: ['time'],
  journal: [],
  checks: [],
  render: [],
  time: [],
  model: [],
  errors: [],
}
const OPEN = ['model', 'errors']

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

/** Files that are shipped. Tests, and the fakes under testing/ that only tests use, may reach anywhere. */
function sourcesUnder(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.includes('node_modules'))
    .map((name) => join(folder, name))
}

function isForTests(file: string): boolean {
  return file.endsWith('.test.ts') || file.includes('/testing/')
}

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

const STATIC = /^[ \t]*(?:import|export)\s+(?:(type)\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g

function importsOf(file: string, text = textOf(file)): readonly Import[] {
  const found = [...text.matchAll(STATIC)].map(([, type, target = '']) => ({ target, typeOnly: type !== undefined }))
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, target = '']) => ({ target, typeOnly: false }))
  return [...found, ...dynamic].map(({ target, typeOnly }) => {
    return { file, typeOnly, target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target }
  })
}

/** `harness/run/unwind.ts` -> run, `harness/main.ts` -> main. */
function partOf(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.ts$/, '')
}

const harness = sourcesUnder('harness').filter((file) => !isForTests(file))
const content = CONTENT.flatMap((folder) => sourcesUnder(folder)).filter((file) => !isForTests(file))
const inside = harness.flatMap((file) => importsOf(file)).filter(({ target }) => target.startsWith('harness/'))

test('the reader of imports sees every form of import', () => {
  const text = `import type { A } from './a.ts'
import {
  b,
} from '../model/b.ts'
export { d } from './d.ts'
import './e.ts'
await import('./f.ts')
import x from 'yaml'`
  expect(importsOf('harness/run/x.ts', text)).toEqual(
    [
      ['harness/run/a.ts', true],
      ['harness/model/b.ts', false],
      ['harness/run/d.ts', false],
      ['harness/run/e.ts', false],
      ['yaml', false],
      ['harness/run/f.ts', false],
    ].map(([target, typeOnly]) => ({ file: 'harness/run/x.ts', target, typeOnly })),
  )
  expect(inside.length).toBeGreaterThan(100)
})

describe('arrows', () => {
  test('every part is known', () => {
    expect([...new Set(harness.map(partOf))].filter((part) => ARROWS[part] === undefined)).toEqual([])
  })

  test('imports follow them', () => {
    const astray = inside.filter(({ file, target }) => {
      const [from, to] = [partOf(file), partOf(target)]
      return from !== to && !(from !== 'errors' && OPEN.includes(to)) && !ARROWS[from]?.includes(to)
    })
    expect(astray.map(({ file, target }) => `${file} -> ${target}`)).toEqual([])
  })

  test('model and errors lean on nothing but each other, in one direction', () => {
    const below = inside.filter(({ file, target }) => partOf(file) === 'errors' && target !== file)
    expect(below).toEqual([])
  })

  test('what is shipped imports nothing that is for tests', () => {
    expect(
      [...inside, ...content.flatMap((file) => importsOf(file))].filter(({ target }) => isForTests(target)),
    ).toEqual([])
  })

  test('the engine never imports content, and content takes only types from the engine', () => {
    const outwards = harness
      .flatMap((file) => importsOf(file))
      .filter(({ target }) => CONTENT.some((folder) => target.startsWith(`${folder}/`)))
    expect(outwards).toEqual([])
    const inwards = content
      .flatMap((file) => importsOf(file))
      .filter(({ target, typeOnly }) => target.startsWith('harness/') && !typeOnly)
    expect(inwards).toEqual([])
  })
})

/** Files that say something in code, comments and texts left out. */
function saying(pattern: RegExp, files: readonly string[]): readonly string[] {
  return files.filter((file) => pattern.test(textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
}

function outside(files: readonly string[], ...parts: readonly string[]): readonly string[] {
  return files.filter((file) => !parts.includes(partOf(file)))
}

describe('who may touch the world', () => {
  test('only main knows the arguments, environment, signals, output and exit of this process', () => {
    const own = /\bprocess\.(argv|env|exit|exitCode|on|once|stdin|stdout|stderr|cwd|chdir|abort)\b/
    expect(saying(own, outside(harness, 'main'))).toEqual([])
  })

  test('only stack and load start programs', () => {
    const starting = harness.filter((file) =>
      importsOf(file).some(({ target }) => /^(node:)?(child_process|cluster|worker_threads)$/.test(target)),
    )
    expect(outside(starting, 'stack', 'load')).toEqual([])
  })

  // performance.now is a stopwatch: it neither waits nor dates anything
  test('only time has timers and reads the clock', () => {
    const timers =
      /\b(setTimeout|setInterval|setImmediate|Date\.now|AbortSignal\.timeout)\b|new Date\(\)|node:timers/
    expect(saying(timers, outside(harness, 'time'))).toEqual([])
  })

  test('checks and render do nothing but compute', () => {
    const pure = harness.filter((file) => ['checks', 'render', 'model'].includes(partOf(file)))
    const effects = pure.filter((file) =>
      importsOf(file).some(
        ({ target }) => /^node:(fs|http|https|net|dgram|child_process)/.test(target) || target === 'axios',
      ),
    )
    expect(effects).toEqual([])
  })
})
