// Text -> Drill: one file, TypeScript or YAML or JSON, with every mistake in it named by line and remedy.
import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from '../errors.ts'
import { drillSchema } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { locate } from '../model/located.ts'
import type { Located } from '../model/located.ts'
import { byLine } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import { locateTypeScript } from './drill-source.ts'

/** The endings a drill may have. */
export const DRILL_ENDINGS = ['.ts', '.yaml', '.yml', '.json'] as const

const SHAPE = 'export default { ... } satisfies Drill, with nothing that runs'

export interface DrillRead {
  /** There only when the file has no problem. */
  readonly drill?: LoadedDrill
  /** Lines of the file, for problems that show only beside other files. */
  readonly located?: Located
  readonly problems: readonly Problem[]
}

/** Reads one drill; its name is the base name of its file. Never throws. */
export async function readDrill(file: string): Promise<DrillRead> {
  const ending = extname(file)
  if (!DRILL_ENDINGS.some((known) => known === ending)) {
    return mistake({
      file,
      line: 1,
      what: `${ending || 'no ending'} is no ending of a drill`,
      fix: `use one of: ${DRILL_ENDINGS.join(', ')}`,
    })
  }
  if (!existsSync(file)) return mistake({ file, line: 1, what: 'there is no such file', fix: 'mend the path' })
  const text = readFileSync(file, 'utf8')
  return ending === '.ts' ? readTypeScript(file, text) : fromLocated(file, locate(file, text))
}

async function readTypeScript(file: string, text: string): Promise<DrillRead> {
  let module: Readonly<Record<string, unknown>>
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(resolve(file)).href)
  } catch (thrown) {
    const what = `it cannot be loaded: ${firstLine(messageOf(thrown))}`
    return mistake({ file, line: lineOfError(file, thrown), what, fix: `mend it; a drill is ${SHAPE}` })
  }
  if (module.default === undefined)
    return mistake({ file, line: 1, what: 'it has no default export', fix: `write ${SHAPE}` })
  const located = locateTypeScript(file, text, module.default)
  const strange = notData(module.default)
  if (!strange) return fromLocated(file, located)
  const what = `${strange.path.join('.') || 'the drill'} is ${strange.what}`
  return mistake({
    file,
    line: located.lineOf(strange.path),
    what,
    fix: 'write plain data: texts, numbers, true, false, lists, maps',
  })
}

function fromLocated(file: string, located: Located): DrillRead {
  const { value, problems } = readWith(drillSchema, located)
  if (!value) return { problems: byLine(problems) }
  const { $schema: _, ...said } = value
  return { drill: { ...said, name: basename(file, extname(file)), file }, located, problems: [] }
}

/** The first thing in a value that JSON could not hold. */
function notData(
  value: unknown,
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly what: string } | undefined {
  if (typeof value === 'object' && value !== null) {
    const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
    if (!plain) return { path, what: `a ${value.constructor?.name ?? 'strange object'}` }
    const found = Object.entries(value).map(([key, inner]) => notData(inner, [...path, key]))
    return found.find((one) => one !== undefined)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return { path, what: String(value) }
  return ['function', 'symbol', 'bigint'].includes(typeof value) ? { path, what: `a ${typeof value}` } : undefined
}

function mistake(problem: Problem): DrillRead {
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
