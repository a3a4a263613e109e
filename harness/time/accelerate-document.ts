// Replaces durations inside YAML files that people wrote, keeping their comments and layout.
import { type Document, isScalar, parseDocument } from 'yaml'
import { HarnessError } from '../errors.ts'
import { formatDuration, parseDuration } from '../model/duration.ts'
import { accelerateWithFloor, type Floor } from './accelerate-duration.ts'

export type Path = readonly (string | number)[]

/** A YAML document being accelerated: the tree, the factor, and the floors met so far. */
export interface Draft {
  readonly doc: Document
  readonly n: number
  readonly floors: Floor[]
}

/** Throws CONTENT_INVALID with the first YAML error. */
export function openDraft(text: string, n: number): Draft {
  const doc = parseDocument(text)
  const [error] = doc.errors
  if (error !== undefined)
    throw new HarnessError('CONTENT_INVALID', `not a YAML file: ${error.message}`, { cause: error })
  return { doc, n, floors: [] }
}

export function closeDraft({ doc, floors }: Draft): { text: string; floors: readonly Floor[] } {
  return { text: doc.toString({ lineWidth: 0 }), floors }
}

export interface Scaling {
  /** Name in the list of floors; the path by default. */
  readonly what?: string
  readonly floor?: number
  /** What the program assumes when the file says nothing; written down, because the program would not divide it. */
  readonly byDefault?: string
}

/** Divides the duration at the path in place. A missing one stays missing unless it has a default. */
export function scaleAt(draft: Draft, path: Path, scaling: Scaling = {}): void {
  const written = draft.doc.getIn(path) ?? scaling.byDefault
  if (written === undefined || String(written) === '0') return
  const { what = path.join('.'), floor } = scaling
  const { ms, floors } = accelerateWithFloor({ what, ms: parseAt(String(written), path), n: draft.n, floor })
  draft.floors.push(...floors)
  replaceAt(draft, path, formatDuration(ms))
}

/** Sets a text at the path; the style and comments of a scalar that is already there are kept. */
export function replaceAt(draft: Draft, path: Path, value: string): void {
  const node = draft.doc.getIn(path, true)
  if (isScalar(node)) node.value = value
  else draft.doc.setIn(path, value)
}

/** How many entries the list at the path has; 0 when there is none. */
export function lengthAt({ doc }: Draft, path: Path): number {
  const value: unknown = doc.getIn(path)
  const items = (value as { items?: readonly unknown[] } | undefined)?.items
  return items?.length ?? 0
}

/** The text at the path, or undefined when there is none. */
export function textAt({ doc }: Draft, path: Path): string | undefined {
  const value: unknown = doc.getIn(path)
  return value === undefined || value === null ? undefined : String(value)
}

function parseAt(text: string, path: Path): number {
  try {
    return parseDuration(text)
  } catch (error) {
    throw new HarnessError('CONTENT_INVALID', `${path.join('.')}: ${text} is not a duration`, { cause: error })
  }
}
