// One line for what a criterion came to, while the gate goes on.
import type { GateFinding } from '../model/gate-finding.ts'
import type { GateCriterion } from '../model/phase.ts'
import { flat } from './words.ts'

const WIDTH = 'inconclusive'.length
const MOST = 160

export function gateLine({ id, weight }: GateCriterion, { verdict, because }: Pick<GateFinding, 'verdict' | 'because'>): string {
  const said = flat(because)
  return `          ${verdict.padEnd(WIDTH)}  ${id}${weight === 'advisory' ? ' (advisory)' : ''}: ${said.length > MOST ? `${said.slice(0, MOST - 3)}...` : said}`
}
