// Rules that nobody can prove here: each with a reason, and a day after which it has to be asked again.
import { z } from 'zod'
import type { Exemption } from '../model/alert-coverage.ts'
import { locate } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import type { RuleText } from './read-rules.ts'

const fileSchema = z.strictObject({
  exempt: z
    .array(
      z.strictObject({
        alert: z.string().describe('the name of an alert rule'),
        reason: z.string().min(10).describe('a sentence: what about the machine keeps it from being proven'),
        until: z.iso.date('a day such as 2026-12-31').describe('the last day on which it counts, such as 2026-12-31'),
      }),
    )
    .describe('a list of { alert, reason, until }'),
})

export interface ExemptionsRead {
  readonly exemptions: readonly Exemption[]
  readonly problems: readonly Problem[]
}

/** An exemption that ran out is no mistake; one of a rule that is not there, or a second one of the same, is. */
export function readExemptions({ file, text }: RuleText, alerts: readonly string[]): ExemptionsRead {
  const located = locate(file, text)
  const { value, problems } = readWith(fileSchema, located)
  const exemptions = value?.exempt ?? []
  const wrong = exemptions.flatMap(({ alert }, index) => {
    const first = exemptions.findIndex((one) => one.alert === alert)
    const problem = (what: string, fix: string) => ({ file, line: located.lineOf(['exempt', index, 'alert']), what, fix })
    if (!alerts.includes(alert)) return [problem(`no rule raises ${alert}`, suggest(alert, alerts, 'alert'))]
    return first === index ? [] : [problem(`${alert} is exempt already, on line ${located.lineOf(['exempt', first, 'alert'])}`, 'keep one of them')]
  })
  return { exemptions, problems: [...problems, ...wrong] }
}
