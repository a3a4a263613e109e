// Works out the numbers that stand in a query: thresholds, and durations that are written as sums.
import { parseDuration } from '../model/duration.ts'
import { at, childrenOf, type Query, textOf } from './promql-node.ts'

const LITERALS = ['NumberDurationLiteral', 'NumberDurationLiteralInDurationContext']
const WRAPPERS = ['ParenExpr', 'DurationExpr', 'OffsetDurationExpr', 'UnaryExpr', 'BinaryExpr']

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
  Mod: (left, right) => left % right,
  Pow: (left, right) => left ** right,
}

/**
 * The value of a constant expression such as `0.8`, `-1`, `1024 * 1024`; undefined for anything that reads series or
 * the clock. Durations count in seconds, as in Prometheus: `5m` is 300, and `x[300]` reads five minutes.
 */
export function constantOf(query: Query): number | undefined {
  if (LITERALS.includes(query.node.name)) return literalOf(textOf(query))
  const [first, second, third, more] = childrenOf(query.node).map((child) => at(query, child))
  if (!WRAPPERS.includes(query.node.name) || first === undefined || more !== undefined) return undefined
  if (second === undefined) return constantOf(first)
  if (third !== undefined) return combined(first, second, third)
  if (first.node.name !== 'UnaryOp') return undefined
  const value = constantOf(second)
  return value === undefined || textOf(first) !== '-' ? value : -value
}

function combined(left: Query, operator: Query, right: Query): number | undefined {
  const [a, b] = [constantOf(left), constantOf(right)]
  return a === undefined || b === undefined ? undefined : ARITHMETIC[operator.node.name]?.(a, b)
}

/** The grammar takes a sign into the literal: `-5m`, `+Inf`. */
function literalOf(text: string): number {
  if (text.startsWith('-')) return -literalOf(text.slice(1).trim())
  if (text.startsWith('+')) return literalOf(text.slice(1).trim())
  if (text.toLowerCase() === 'inf') return Infinity
  if (text.toLowerCase() === 'nan') return NaN
  const plain = Number(text.replaceAll('_', ''))
  return Number.isNaN(plain) ? parseDuration(text) / 1_000 : plain
}
