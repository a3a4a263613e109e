// Which alerts the unit tests of the rules expect to fire. What promtool makes of the rest of them is for promtool to say.
import { z } from 'zod'
import type { ExpectedByTest } from '../model/alert-coverage.ts'
import { locate } from '../model/located.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import type { RuleText } from './read-rules.ts'

const labels = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish()
const caseSchema = z.object({
  alertname: z.string(),
  exp_alerts: z.array(z.object({ exp_labels: labels })).nullish(),
})
const fileSchema = z.object({ tests: z.array(z.object({ alert_rule_test: z.array(caseSchema).nullish() })).default([]) })

export interface RuleTestsRead {
  readonly expected: readonly ExpectedByTest[]
  readonly problems: readonly Problem[]
}

/** A case that expects no alert shows only that it stays silent. */
export function readRuleTests(texts: readonly RuleText[]): RuleTestsRead {
  const reads = texts.map(({ file, text }) => readWith(fileSchema, locate(file, text)))
  const cases = reads.flatMap(({ value }) => value?.tests ?? []).flatMap((test) => test.alert_rule_test ?? [])
  const expected = cases.flatMap(({ alertname, exp_alerts: alerts }) => (alerts ?? []).map((one) => ({ alert: alertname, labels: one.exp_labels ?? {} })))
  return { expected, problems: reads.flatMap(({ problems }) => problems) }
}
