// What alert coverage needs besides runs, from the files that stand beside the rules: their unit tests, and exemptions.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exemption, ExpectedByTest } from '../model/alert-coverage.ts'
import { byLine, shownFile } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { readExemptions } from './read-exemptions.ts'
import { readRuleTests } from './read-rule-tests.ts'
import type { RuleText } from './read-rules.ts'

export interface BesideRead {
  readonly expected: readonly ExpectedByTest[]
  readonly exemptions: readonly Exemption[]
  readonly problems: readonly Problem[]
}

const TESTS = /\.rules\.test\.ya?ml$/

/** `alerts` are the names of all rules. exempt.yml may be left out. */
export function readBeside(directory: string, alerts: readonly string[]): BesideRead {
  const names = readdirSync(directory).toSorted()
  const tests = readRuleTests(names.filter((name) => TESTS.test(name)).map((name) => textOf(join(directory, name))))
  const exempt = join(directory, 'exempt.yml')
  const { exemptions, problems } = existsSync(exempt) ? readExemptions(textOf(exempt), alerts) : { exemptions: [], problems: [] }
  return { expected: tests.expected, exemptions, problems: byLine([...tests.problems, ...problems]) }
}

function textOf(file: string): RuleText {
  return { file: shownFile(file), text: readFileSync(file, 'utf8') }
}
