// What an alert expression says about itself: which value it compares with what, what it reads, and how late it can
// notice.
import { constantOf } from './promql-constant.ts'
import { at, childrenOf, findAll, type Query, textOf } from './promql-node.ts'
import { parseQuery } from './promql-tree.ts'

export { depthOf, type Recorded, windowOf } from './promql-reach.ts'

export type Comparator = '==' | '!=' | '>' | '<' | '>=' | '<='

/** `left comparator threshold`, where `left` is a query of its own that can be asked for the value behind the alert. */
export interface Shape {
  readonly left: string
  readonly comparator: Comparator
  readonly threshold: number
  /** True when the alert needs more than this comparison (`and`, `or`, `unless`, a second comparison). */
  readonly partial: boolean
}

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  Eql: '==',
  Neq: '!=',
  Gtr: '>',
  Lss: '<',
  Gte: '>=',
  Lte: '<=',
}
const MIRRORED: Readonly<Record<Comparator, Comparator>> = {
  '==': '==',
  '!=': '!=',
  '>': '<',
  '<': '>',
  '>=': '<=',
  '<=': '>=',
}
const SET_OPERATORS = ['And', 'Or', 'Unless']

/**
 * The comparison that decides the alert, or undefined when there is none with a constant (`absent(x)`, `a > b`).
 * Under set operators the first one from the left is taken; the right side of `unless` is never asked, it says when not
 * to fire.
 */
export function shapeOf(expr: string): Shape | undefined {
  return shapeAt(parseQuery(expr))
}

/** The selectors of the expression, each once, with their matchers and without range or offset. */
export function selectorsOf(expr: string): readonly string[] {
  return [...new Set(findAll(parseQuery(expr), ['VectorSelector']).map(textOf))]
}

function shapeAt(outer: Query): Shape | undefined {
  const query = unwrapped(outer)
  if (query.node.name !== 'BinaryExpr') return undefined
  const [left, operator, ...rest] = childrenOf(query.node)
  const right = rest.at(-1)
  if (left === undefined || operator === undefined || right === undefined) return undefined
  if (SET_OPERATORS.includes(operator.name)) return underSetOperator(operator.name, at(query, left), at(query, right))
  const comparator = COMPARATORS[operator.name]
  if (comparator === undefined || rest.some((node) => node.name === 'BoolModifier')) return undefined
  return comparisonOf(at(query, left), comparator, at(query, right))
}

function underSetOperator(operator: string, left: Query, right: Query): Shape | undefined {
  const shape = shapeAt(left) ?? (operator === 'Unless' ? undefined : shapeAt(right))
  return shape === undefined ? undefined : { ...shape, partial: true }
}

function comparisonOf(left: Query, comparator: Comparator, right: Query): Shape | undefined {
  const [limit, mirrored] = [constantOf(right), constantOf(left)]
  const value = limit === undefined ? right : left
  const threshold = limit ?? mirrored
  if (threshold === undefined) return undefined
  const inner = shapeAt(value)
  if (inner !== undefined) return { ...inner, partial: true }
  return {
    left: textOf(value),
    comparator: limit === undefined ? MIRRORED[comparator] : comparator,
    threshold,
    partial: false,
  }
}

function unwrapped(query: Query): Query {
  const [inner] = childrenOf(query.node)
  return query.node.name === 'ParenExpr' && inner !== undefined ? unwrapped(at(query, inner)) : query
}
