// A file of plain data, TypeScript or YAML or JSON, with the lines of everything in it: what drills and phases are written in.
import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from '../errors.ts'
import { locate } from '../model/located.ts'
import type { Located } from '../model/located.ts'
import type { Problem } from '../model/problem.ts'
import { locateTypeScript } from './drill-source.ts'

/** The endings such a file may have. */
export const DATA_ENDINGS = ['.ts', '.yaml', '.yml', '.json'] as const

export interface DataRead {
  /** There only when the file could be read; what it says is not checked yet. */
  readonly located?: Located
  readonly problems: readonly Problem[]
}

/** What a file is to hold: `drill`, and the type it satisfies, `Drill`. */
export interface Noun {
  readonly noun: string
  readonly type: string
}

/** Reads one file. Never throws. */
export async function readData(file: string, noun: Noun): Promise<DataRead> {
  const ending = extname(file)
  if (!DATA_ENDINGS.some((known) => known === ending)) {
    return mistake({ file, line: 1, what: `${ending || 'no ending'} is no ending of a ${noun.noun}`, fix: `use one of: ${DATA_ENDINGS.join(', ')}` })
  }
  if (!existsSync(file)) return mistake({ file, line: 1, what: 'there is no such file', fix: 'mend the path' })
  const text = readFileSync(file, 'utf8')
  return ending === '.ts' ? readTypeScript(file, text, noun) : { located: locate(file, text), problems: [] }
}

async function readTypeScript(file: string, text: string, { noun, type }: Noun): Promise<DataRead> {
  const shape = `export default { ... } satisfies ${type}, with nothing that runs`
  let module: Readonly<Record<string, unknown>>
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(resolve(file)).href)
  } catch (thrown) {
    const what = `it cannot be loaded: ${firstLine(messageOf(thrown))}`
    return mistake({ file, line: lineOfError(file, thrown), what, fix: `mend it; a ${noun} is ${shape}` })
  }
  if (module.default === undefined) return mistake({ file, line: 1, what: 'it has no default export', fix: `write ${shape}` })
  const located = locateTypeScript(file, text, module.default)
  const strange = notData(module.default)
  if (!strange) return { located, problems: [] }
  const what = `${strange.path.join('.') || `the ${noun}`} is ${strange.what}`
  return mistake({ file, line: located.lineOf(strange.path), what, fix: 'write plain data: texts, numbers, true, false, lists, maps' })
}

/** The first thing in a value that JSON could not hold. */
function notData(value: unknown, path: readonly string[] = []): { readonly path: readonly string[]; readonly what: string } | undefined {
  if (typeof value === 'object' && value !== null) {
    const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
    if (!plain) return { path, what: `a ${value.constructor?.name ?? 'strange object'}` }
    const found = Object.entries(value).map(([key, inner]) => notData(inner, [...path, key]))
    return found.find((one) => one !== undefined)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return { path, what: String(value) }
  return ['function', 'symbol', 'bigint'].includes(typeof value) ? { path, what: `a ${typeof value}` } : undefined
}

function mistake(problem: Problem): DataRead {
  return { problems: [problem] }
}

/** The line of the file that the stack of an error names first. */
function lineOfError(file: string, thrown: unknown): number {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  const named = new RegExp(`${basename(file).replaceAll('.', '\\.')}:(\\d+)`).exec(stack)
  return named ? Number(named[1]) : 1
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
