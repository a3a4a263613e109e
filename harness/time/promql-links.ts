// The links an expression hangs on, innermost first: which selectors, comparisons and joins must each have a result before the whole has one.
import { constantOf } from './promql-constant.ts'
import { at, childrenOf, findAll, type Query, textOf } from './promql-node.ts'
import { metricName, type Recorded } from './promql-reach.ts'
import { parseQuery } from './promql-tree.ts'

export interface PromqlLink {
  readonly kind: 'selector' | 'comparison' | 'join' | 'whole'
  /** A query of its own, as written. */
  readonly query: string
  /** Of a selector: the metric it names, and the labels it asks to be equal. */
  readonly metric?: string
  readonly labels?: Readonly<Record<string, string>>
  /** Of a selector of a recorded series: the expression that records it is made of the links before this one. */
  readonly recorded?: boolean
}

const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte']
/** Functions that have a result where their operand has none. */
const OF_ABSENCE = ['Absent', 'AbsentOverTime']

/**
 * Every part that has to have a result, a recorded series behind its selector first. Of `a or b` only `a` is followed,
 * and of `a unless b` too: the other side may well be empty.
 */
export function linksOf(expr: string, records: readonly Recorded[] = []): readonly PromqlLink[] {
  const links = linksAt(parseQuery(expr), { records, path: [] })
  const all = links.at(-1)?.query === expr.trim() ? links : [...links, { kind: 'whole', query: expr.trim() } as const]
  return [...new Map(all.map((link) => [link.query, link])).values()]
}

interface Ground {
  readonly records: readonly Recorded[]
  /** Names of the records being followed: Prometheus lets a record read itself. */
  readonly path: readonly string[]
}

function linksAt(query: Query, ground: Ground): readonly PromqlLink[] {
  if (query.node.name === 'VectorSelector') return selectorLinks(query, ground)
  if (findAll(query, OF_ABSENCE).some(({ node }) => node.parent?.parent?.from === query.node.from && query.node.name === 'FunctionCall')) return []
  const children = childrenOf(query.node)
  if (query.node.name !== 'BinaryExpr') return children.flatMap((child) => linksAt(at(query, child), ground))
  const [left, operator] = children
  const right = children.at(-1)
  if (left === undefined || operator === undefined || right === undefined) return []
  const sides = ['Or', 'Unless'].includes(operator.name) ? [left] : [left, right]
  return [...sides.flatMap((side) => linksAt(at(query, side), ground)), ...linkOf(query, { operator: operator.name, sides: [at(query, left), at(query, right)] })]
}

function linkOf(query: Query, { operator, sides }: { readonly operator: string; readonly sides: readonly Query[] }): readonly PromqlLink[] {
  if (['Or', 'Unless'].includes(operator)) return []
  const withNumber = sides.some((side) => constantOf(side) !== undefined)
  if (withNumber) return COMPARISONS.includes(operator) ? [{ kind: 'comparison', query: textOf(query) }] : []
  return [{ kind: 'join', query: textOf(query) }]
}

function selectorLinks(query: Query, { records, path }: Ground): readonly PromqlLink[] {
  const metric = metricName(query)
  const behind = metric === undefined || path.includes(metric) ? [] : records.filter(({ record }) => record === metric)
  const inner = behind.flatMap(({ expr, record }) => linksAt(parseQuery(expr), { records, path: [...path, record] }))
  const named = metric === undefined ? {} : { metric, labels: equalitiesOf(query) }
  return [...inner, { kind: 'selector', query: textOf(query), ...named, ...(behind.length > 0 ? { recorded: true } : {}) }]
}

function equalitiesOf(selector: Query): Readonly<Record<string, string>> {
  const matchers = findAll(selector, ['UnquotedLabelMatcher']).map(({ node }) => childrenOf(node).map((child) => textOf(at(selector, child))))
  return Object.fromEntries(matchers.flatMap(([name = '', operator, value = '']) => (operator === '=' && name !== '__name__' ? [[name, value.slice(1, -1)]] : [])))
}
