// Reads PromQL through its grammar, so that nobody reads a query with a regular expression.
import { parser } from '@prometheus-io/lezer-promql'
import { HarnessError } from '../errors.ts'
import { constantOf } from './promql-constant.ts'
import { at, childrenOf, findAll, type Query, textOf } from './promql-node.ts'

/** A place in a query where a duration stands: the range of a selector or subquery, a subquery's step, an offset. */
export interface DurationSlot {
  readonly kind: 'range' | 'subquery' | 'step' | 'offset'
  readonly from: number
  readonly to: number
  /** Negative for a negative offset. */
  readonly ms: number
}

/** The expression below the root of the tree. Throws CONTENT_INVALID naming the place of the first syntax error. */
export function parseQuery(text: string): Query {
  const tree = parser.parse(text)
  const top = childrenOf(tree.topNode)[0]
  let broken: number | undefined
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) broken ??= node.from
    },
  })
  if (top === undefined || broken !== undefined) {
    throw new HarnessError(
      'CONTENT_INVALID',
      `not a PromQL query, at character ${(broken ?? 0) + 1} of: ${text.trim()}`,
    )
  }
  return { text, node: top }
}

const SLOTS: Readonly<Record<string, readonly DurationSlot['kind'][]>> = {
  MatrixSelector: ['range'],
  SubqueryExpr: ['subquery', 'step'],
  OffsetExpr: ['offset'],
}

/** The durations that belong to this node itself and not to its operands. */
export function slotsOf(query: Query): readonly DurationSlot[] {
  const kinds = SLOTS[query.node.name] ?? []
  const written = childrenOf(query.node).filter(({ name }) => name === 'DurationExpr' || name === 'OffsetDurationExpr')
  return kinds.flatMap((kind, index) => {
    const node = written[index]
    return node === undefined ? [] : [{ kind, from: node.from, to: node.to, ms: millisecondsOf(at(query, node)) }]
  })
}

/** Every duration of the query, left to right. */
export function durationsIn(query: Query): readonly DurationSlot[] {
  const slots = findAll(query, Object.keys(SLOTS)).flatMap(slotsOf)
  return slots.toSorted((a, b) => a.from - b.from)
}

function millisecondsOf(query: Query): number {
  const seconds = constantOf(query)
  if (seconds !== undefined && Number.isFinite(seconds)) return seconds * 1_000
  const message = `the duration ${textOf(query)} cannot be known before the query is asked, in: ${query.text.trim()}`
  throw new HarnessError('CONTENT_INVALID', message, { hint: 'write the duration as a literal such as 5m' })
}
