// Rules against drills in the Markdown report: what fired as asked, what unasked, and what stayed silent. Words, so that it needs no colour.
import type { Judgement } from '../model/finding.ts'
import type { RunRecord } from '../model/record.ts'
import { plain, table } from './markdown-table.ts'
import { ruleGrid } from './rule-grid.ts'
import type { RuleCell, RuleWord } from './rule-grid.ts'

const STRONG: ReadonlySet<RuleWord> = new Set(['missing', 'unasked'])

/** No lines at all for a run of few drills. */
export function ruleMap(run: RunRecord, judgement: Judgement): readonly string[] {
  const grid = ruleGrid(run, judgement)
  if (grid === undefined) return []
  const rows = grid.rows.map(({ alert, cells }) => [plain(alert), ...cells.map(cell)])
  return [
    '## Alerts and drills',
    '',
    'fired: as asked for; **missing**: asked for, and silent; **unasked**: fired, though neither asked for nor allowed; allowed: fired, and may have;',
    'since before: was firing when the drill began; not judged: asked for, with no verdict; not seen: alerts were not watched.',
    '',
    ...table(['alert', ...grid.drills.map(plain)], rows),
    ...(grid.silent.length === 0 ? [] : [`Loaded, not asked for, and seen firing in none of them: ${grid.silent.map(plain).join(', ')}.`, '']),
  ]
}

/** Of repeats how many came to what: `4 fired, 1 **missing**`. */
function cell(all: readonly RuleCell[]): string {
  const repeated = all.reduce((sum, { executions }) => sum + executions, 0) > 1
  return all.map(({ words, executions }) => `${repeated ? `${executions} ` : ''}${words.map((word) => (STRONG.has(word) ? `**${word}**` : word)).join(' and ')}`).join(', ')
}
