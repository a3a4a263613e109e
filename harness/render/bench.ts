// The figures of a benchmark as tables: for a terminal, and for the README between two markers. Pure.
import { HarnessError } from '../errors.ts'
import { isMeasured, median } from '../model/bench.ts'
import type { Bench, BenchRow, MeasuredRow } from '../model/bench.ts'
import { plain, table } from './markdown-table.ts'

const HEAD = ['what is compared', 'ratio', 'asked', 'least to most', 'rounds', 'medians of both'] as const
const BEGIN = '<!-- bench:begin -->'
const END = '<!-- bench:end -->'

/** Lines of a table with aligned columns, and what keeps figures from being there. */
export function benchForConsole({ rows }: Bench): string {
  const cells = [[...HEAD], ...rows.filter(isMeasured).map((row) => [row.what, ...figuresOf(row)])]
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  const lines = cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  const gaps = rows.flatMap((row) => (isMeasured(row) ? [] : [`not measured: ${row.what}: ${row.missing}`]))
  return [...lines, ...gaps].join('\n')
}

/** A Markdown table, with how and where it was measured. */
export function benchForMarkdown(bench: Bench): string {
  const { platform, cpus, memoryMiB } = bench.machine
  const rows = bench.rows.map((row) => (isMeasured(row) ? [plain(row.what), ...figuresOf(row).map(plain)] : [plain(row.what), 'not measured', '', plain(row.missing), '', '']))
  const where = `\`${bench.command}\` on ${platform}, ${cpus} cores, ${memoryMiB} MiB, ${bench.at.slice(0, 10)}. A ratio is the median of its rounds.`
  return [where, '', ...table(HEAD, rows)].join('\n').trimEnd()
}

/** What stands before and after the place for the table. CONTENT_INVALID when there is no such place. */
export function placeForBench(text: string, file: string): { readonly before: string; readonly after: string } {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (from < 0 || to < from) throw new HarnessError('CONTENT_INVALID', `${file} has no ${BEGIN} followed by ${END}`)
  return { before: `${text.slice(0, from)}${BEGIN}\n`, after: `\n${text.slice(to)}` }
}

/** The text with the table in its place. */
export function withBench(text: string, bench: Bench, file: string): string {
  const { before, after } = placeForBench(text, file)
  return `${before}${benchForMarkdown(bench)}${after}`
}

function figuresOf(row: MeasuredRow): readonly string[] {
  const { ratio, rounds, holds } = row
  const least = `${figure(ratio.least)} to ${figure(ratio.most)}`
  return [`${figure(ratio.median)}${holds ? '' : ' MISSED'}`, askedOf(row), rounds.length === 1 ? '' : least, String(rounds.length), mediansOf(row)]
}

/** The figures behind the ratio; their own ratio is another one, for each has its median in a round of its own. */
function mediansOf({ rounds, unit }: MeasuredRow): string {
  const [ours, plainly] = (['ours', 'plain'] as const).map((side) => median(rounds.map((round) => round[side]).toSorted((a, b) => a - b)))
  return `${sayIn(unit, ours ?? NaN)} / ${sayIn(unit, plainly ?? NaN)}`
}

function sayIn(unit: MeasuredRow['unit'], value: number): string {
  if (unit === 'per second') return `${value.toFixed(value < 100 ? 1 : 0)}/s`
  return value < 1_000 ? `${value.toFixed(1)} ms` : `${(value / 1_000).toFixed(1)} s`
}

function askedOf({ bound }: Extract<BenchRow, { readonly rounds: unknown }>): string {
  if (bound?.atLeast !== undefined) return `at least ${bound.atLeast}`
  return bound?.atMost === undefined ? '' : `at most ${bound.atMost}`
}

function figure(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 3 : 1)
}
