// One line of the operation history, as scenarios write it and everything else reads it.

export type LineType = 'invoked' | 'acknowledged' | 'failed' | 'unknown'

export interface HistoryLine {
  /** Milliseconds since the epoch: of the request on an invoked line, of the answer on the others. */
  readonly t: number
  readonly type: LineType
  readonly op: string
  /** The same on both lines of an operation. */
  readonly id: string
  /** Whether the user got what the operation promises; not on invoked lines. */
  readonly good?: boolean
  readonly ms?: number
  readonly status?: number
  readonly trace?: string
  readonly store?: string
  readonly key?: string
  /** On a row of a batch: the id of the operation that carried it. It counts as a write, not as an operation. */
  readonly of?: string
  readonly why?: string
}

const TYPES: ReadonlySet<unknown> = new Set<LineType>(['invoked', 'acknowledged', 'failed', 'unknown'])

/** The line, or undefined when the text is not one. */
export function parseLine(text: string): HistoryLine | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isLine(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isLine(value: unknown): value is HistoryLine {
  if (typeof value !== 'object' || value === null) return false
  const { t, type, op, id } = value as Partial<HistoryLine>
  return typeof t === 'number' && typeof op === 'string' && typeof id === 'string' && TYPES.has(type)
}
