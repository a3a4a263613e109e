// The alert rules as they are shipped: what drills may expect, and what deadlines are derived from.
import { z } from 'zod'
import { messageOf } from '../errors.ts'
import { durationSchema, parseDuration } from '../model/duration.ts'
import type { RuleFact } from '../model/evidence.ts'
import { locate } from '../model/located.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import { depthOf, windowOf } from '../time/promql-shape.ts'
import type { Recorded } from '../time/promql-shape.ts'

const labels = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({})
const ruleSchema = z.object({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.union([z.string(), z.number()]).transform(String),
  for: durationSchema.default('0s'),
  keep_firing_for: durationSchema.default('0s'),
  labels,
})
const fileSchema = z.object({
  groups: z
    .array(z.object({ name: z.string(), interval: durationSchema.optional(), rules: z.array(ruleSchema).default([]) }))
    .default([]),
})

/** One file of rules: its name for messages, and its text. */
export interface RuleText {
  readonly file: string
  readonly text: string
}

/** An alert rule and where it stands. */
export interface AlertRule extends RuleFact {
  readonly file: string
  readonly line: number
}

export interface RulesRead {
  readonly rules: readonly AlertRule[]
  /** Names of recording rules. */
  readonly recordings: readonly string[]
  readonly problems: readonly Problem[]
}

type RawRule = z.output<typeof ruleSchema>

interface Standing {
  readonly raw: RawRule
  readonly group: string
  readonly intervalMs: number
  readonly file: string
  readonly line: number
}

/** All alert rules of all files. `evaluationMs` is the interval of groups that name none. */
export function readRules(texts: readonly RuleText[], evaluationMs: number): RulesRead {
  const reads = texts.map(({ file, text }) => standing(file, text, evaluationMs))
  const all = reads.flatMap((read) => read.rules)
  const records = all.flatMap(({ raw }) => (raw.record === undefined ? [] : [{ record: raw.record, expr: raw.expr }]))
  const facts = all.filter(({ raw }) => raw.alert !== undefined).map((rule) => toFact(rule, records))
  return {
    rules: facts.flatMap((fact) => ('alert' in fact ? [fact] : [])),
    recordings: records.map(({ record }) => record),
    problems: [...reads.flatMap((read) => read.problems), ...facts.flatMap((fact) => ('fix' in fact ? [fact] : []))],
  }
}

function standing(
  file: string,
  text: string,
  evaluationMs: number,
): { readonly rules: readonly Standing[]; readonly problems: readonly Problem[] } {
  const located = locate(file, text)
  const { value, problems } = readWith(fileSchema, located)
  const rules = (value?.groups ?? []).flatMap((group, g) =>
    group.rules.map((raw, r) => ({
      raw,
      group: group.name,
      intervalMs: group.interval === undefined ? evaluationMs : parseDuration(group.interval),
      file,
      line: located.lineOf(['groups', g, 'rules', r]),
    })),
  )
  return { rules, problems }
}

function toFact({ raw, group, intervalMs, file, line }: Standing, records: readonly Recorded[]): AlertRule | Problem {
  try {
    return {
      alert: raw.alert ?? '',
      group,
      expr: raw.expr,
      labels: raw.labels,
      forMs: parseDuration(raw.for),
      keepFiringMs: parseDuration(raw.keep_firing_for),
      intervalMs,
      windowMs: windowOf(raw.expr, records),
      depth: depthOf(raw.expr, records),
      health: 'unknown',
      file,
      line,
    }
  } catch (thrown) {
    return { file, line, what: messageOf(thrown), fix: 'mend the expression; promtool check rules shows it too' }
  }
}
