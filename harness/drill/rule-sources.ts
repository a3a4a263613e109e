// Which rule files an alert stands on: its own, and those of the recording rules that it reads, however deep.
import { parse } from 'yaml'
import { selectorsOf } from '../time/promql-shape.ts'
import type { AlertRule, RuleText } from './read-rules.ts'

interface Recording {
  readonly name: string
  readonly expr: string
  readonly file: string
}

/** A reader for rules of these files, which have been read without a problem. */
export function sourcesOf(texts: readonly RuleText[]): (rule: Pick<AlertRule, 'expr' | 'file'>) => readonly string[] {
  const recordings = texts.flatMap(recordingsOf)
  return ({ expr, file }) => [...new Set([file, ...recordingsUnder(expr, recordings).map((one) => one.file)])]
}

function recordingsOf({ file, text }: RuleText): readonly Recording[] {
  const { groups } = (parse(text) ?? {}) as { groups?: readonly { rules?: readonly { record?: string; expr: unknown }[] | null }[] | null }
  const rules = (groups ?? []).flatMap((group) => group.rules ?? [])
  return rules.flatMap(({ record, expr }) => (record === undefined ? [] : [{ name: record, expr: String(expr), file }]))
}

/** `left` are those not met yet, so that rules that read each other come to an end. */
function recordingsUnder(expr: string, left: readonly Recording[]): readonly Recording[] {
  const selectors = selectorsOf(expr)
  const read = left.filter(({ name }) => selectors.some((selector) => selector === name || selector.startsWith(`${name}{`)))
  const rest = left.filter((one) => !read.includes(one))
  return [...read, ...read.flatMap((one) => recordingsUnder(one.expr, rest))]
}
