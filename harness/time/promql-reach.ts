// How far back an expression reads and how many recording rules it stands on: what bounds how late an alert may notice.
import { HarnessError } from '../errors.ts'
import { at, childrenOf, findAll, type Query, textOf } from './promql-node.ts'
import { parseQuery, slotsOf } from './promql-tree.ts'

/** A recording rule. Several may share a name. */
export interface Recorded {
  readonly record: string
  readonly expr: string
}

/**
 * How far back, in ms, the data behind the expression can lie: nested ranges and offsets added up, the widest operand
 * taken, and recording rules followed into their own expressions. An expression without range or offset reads the
 * present: 0.
 */
export function windowOf(expr: string, records: readonly Recorded[]): number {
  return windowAt(parseQuery(expr), { records, path: [] })
}

/** How many recording rules stand in a row between scraped series and this expression. Each may lag one evaluation. */
export function depthOf(expr: string, records: readonly Recorded[]): number {
  return depthIn(expr, { records, path: [] })
}

interface Ground {
  readonly records: readonly Recorded[]
  /** Names of the records being followed, to stop at a circle. */
  readonly path: readonly string[]
}

function windowAt(query: Query, ground: Ground): number {
  const own = slotsOf(query).filter(({ kind }) => kind !== 'step')
  const reach = own.reduce((sum, { ms }) => sum + Math.max(0, ms), 0)
  const operands = childrenOf(query.node).map((child) => windowAt(at(query, child), ground))
  const stoodOn = query.node.name === 'VectorSelector' ? recordsBehind(query, ground) : []
  const behind = stoodOn.map((record) => windowAt(parseQuery(record.expr), deeper(ground, record)))
  return reach + Math.max(0, ...operands, ...behind)
}

function depthIn(expr: string, ground: Ground): number {
  const stoodOn = findAll(parseQuery(expr), ['VectorSelector']).flatMap((query) => recordsBehind(query, ground))
  return Math.max(0, ...stoodOn.map((record) => 1 + depthIn(record.expr, deeper(ground, record))))
}

function deeper({ records, path }: Ground, { record }: Recorded): Ground {
  return { records, path: [...path, record] }
}

function recordsBehind(selector: Query, { records, path }: Ground): readonly Recorded[] {
  const name = metricName(selector)
  if (name === undefined) return []
  if (path.includes(name)) throw new HarnessError('CONTENT_INVALID', `recording rule ${name} is computed from itself`)
  return records.filter(({ record }) => record === name)
}

/** `foo{...}`, `{__name__="foo"}` or `{"foo"}`; undefined where only a pattern chooses the metric. */
export function metricName(selector: Query): string | undefined {
  const [identifier] = childrenOf(selector.node).filter(({ name }) => name === 'Identifier')
  if (identifier !== undefined) return textOf(at(selector, identifier))
  const [quoted] = findAll(selector, ['QuotedLabelName'])
  if (quoted !== undefined) return unquoted(textOf(quoted))
  const named = findAll(selector, ['UnquotedLabelMatcher']).map((matcher) =>
    childrenOf(matcher.node).map((child) => at(selector, child)),
  )
  const found = named.find(
    ([label, operator]) => label && operator && textOf(label) === '__name__' && textOf(operator) === '=',
  )
  return found?.[2] && unquoted(textOf(found[2]))
}

function unquoted(text: string): string {
  return text.slice(1, -1)
}
