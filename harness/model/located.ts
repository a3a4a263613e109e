// A YAML or JSON text that remembers where everything stands, so that a mistake can be named with its line.
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Node } from 'yaml'
import type { Problem } from './problem.ts'

export type Path = readonly PropertyKey[]

export interface Located {
  readonly file: string
  readonly value: unknown
  /** Mistakes of the notation itself; `value` is then undefined. */
  readonly problems: readonly Problem[]
  /** The line of the key or item at `path`, or of the nearest thing around it that is really there. */
  lineOf(path: Path): number
}

/** Reads YAML 1.2 (JSON is a part of it). Never throws. */
export function locate(file: string, text: string): Located {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false })
  const problems = [...document.errors, ...document.warnings].map((mistake) => ({
    file,
    line: lines.linePos(mistake.pos[0]).line,
    what: mistake.message.replaceAll(/\s+/g, ' '),
    fix: 'mend the notation on this line or the one before it',
  }))
  return {
    file,
    value: problems.length > 0 ? undefined : document.toJS(),
    problems,
    lineOf: (path) => Math.max(1, lines.linePos(offsetOf(document.contents, path)).line),
  }
}

function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    const [next, at] = enter(node, step)
    if (at === undefined) break
    node = next
    offset = at
  }
  return offset
}

function enter(node: unknown, step: PropertyKey): readonly [unknown, number | undefined] {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
    return [pair?.value, isScalar(pair?.key) ? pair.key.range?.[0] : undefined]
  }
  if (isSeq(node)) {
    const item = node.items[Number(step)] as Node | undefined
    return [item, item?.range?.[0]]
  }
  return [undefined, undefined]
}

/** What stands at `path`, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[step],
    value,
  )
}

/** Every text inside a value, with its path. */
export function textsIn(value: unknown, path: Path = []): readonly { readonly path: Path; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]))
}
