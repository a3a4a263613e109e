// Which part of a rule's expression had no result: the innermost one is where the rule is broken, the rest follows from it.
import type { LinkFact } from '../model/evidence.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { sayLabels, sayNumber } from './wording.ts'

/** One sentence; undefined when every part had a result at some time, or when nobody looked. */
export function brokenLink(alert: string, record: DrillRecord): string | undefined {
  const look = evidenceOf(record, 'rule-links').findLast(({ evidence }) => evidence.value.alert === alert)?.evidence
  if (look === undefined || !look.covered) return undefined
  const broken = look.value.links.find(({ present }) => !present)
  return broken === undefined ? undefined : sayLink(broken)
}

function sayLink(link: LinkFact): string | undefined {
  switch (link.kind) {
    case 'selector':
      return saySelector(link)
    case 'join':
      return `both sides of \`${link.query}\` had results, but none of them match each other`
    case 'comparison':
      return link.condition === undefined ? undefined : sayComparison(link, link.condition)
    default:
      return undefined
  }
}

function saySelector({ query, metric, recorded, known = [] }: LinkFact): string {
  const [nearest] = known
  if (nearest !== undefined) return `no series matches \`${query}\`; the nearest is ${metric}${sayLabels(nearest)}`
  if (recorded) return `no rule recorded \`${query}\`, though all it is made of had results`
  return metric === undefined ? `\`${query}\` matches nothing` : `there is no metric ${metric}`
}

function sayComparison({ query, lowest = 0, highest = 0 }: LinkFact, condition: string): string {
  const downward = condition.startsWith('<')
  return `\`${query}\` never held: ${downward ? 'lowest' : 'highest'} value seen ${sayNumber(downward ? lowest : highest)}, needs ${condition}`
}
