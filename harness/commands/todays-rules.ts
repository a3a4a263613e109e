// The alert rules as they are now, with everything beside them that says something of their coverage.
import type { Beside } from '../checks/alert-coverage.ts'
import { readBeside } from '../drill/read-coverage.ts'
import type { Content } from '../drill/read-content.ts'
import { sourcesOf } from '../drill/rule-sources.ts'
import type { Today } from '../model/alert-coverage.ts'
import type { Problem } from '../model/problem.ts'
import { digestsOf } from './content.ts'

export function todayOf(content: Content, files: readonly string[]): Today {
  const { observed, texts } = content
  const digests = digestsOf(content, files)
  const sources = sourcesOf(texts.rules)
  const rules = observed.rules.map((rule) => {
    const { alert, labels, file, line } = rule
    return { alert, labels, file, line, sources: Object.fromEntries(sources(rule).map((source) => [source, digests[source] ?? ''])) }
  })
  return { rules, routes: digests[texts.alertmanager.file] ?? '' }
}

/** `now` in milliseconds since the epoch. */
export function besideOf({ stack }: Content, { rules }: Today, now: number): Beside & { readonly problems: readonly Problem[] } {
  const names = [...new Set(rules.map(({ alert }) => alert))]
  return { rules, day: new Date(now).toISOString().slice(0, 10), ...readBeside(stack.harness.rules, names) }
}
