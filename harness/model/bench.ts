// What a benchmark measured, side by side: shapes, and the arithmetic of ratios.
import { z } from 'zod'
import { EXIT } from '../errors.ts'

/** load: k6 through the harness. edge: an idle proxy. start: a whole stack. verdict: drills against what they cannot do without. */
export const BENCH_PARTS = ['load', 'edge', 'start', 'verdict'] as const
export type BenchPart = (typeof BENCH_PARTS)[number]

const roundSchema = z.strictObject({
  /** With the harness, or through the proxy. */
  ours: z.number(),
  /** Without it; of a drill, the least time it can take. */
  plain: z.number(),
})

const about = { part: z.enum(BENCH_PARTS), what: z.string() }

const measuredSchema = z.strictObject({
  ...about,
  unit: z.enum(['per second', 'ms']),
  /** What is asked of the median ratio, where something is. */
  bound: z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() }).optional(),
  rounds: z.array(roundSchema).min(1),
  /** Of `ours / plain`, round by round. */
  ratio: z.strictObject({ median: z.number(), least: z.number(), most: z.number() }),
  holds: z.boolean(),
  /** How a figure comes about, where that is not plain. */
  note: z.string().optional(),
})

const unmeasuredSchema = z.strictObject({ ...about, missing: z.string() })

export const benchSchema = z.strictObject({
  version: z.literal(1),
  run: z.string(),
  /** ISO 8601. */
  at: z.string(),
  command: z.string(),
  machine: z.record(z.string(), z.string()),
  versions: z.record(z.string(), z.string()),
  rows: z.array(z.union([measuredSchema, unmeasuredSchema])),
})

export type Bench = z.infer<typeof benchSchema>
export type BenchRow = Bench['rows'][number]
export type MeasuredRow = z.infer<typeof measuredSchema>
export type Round = z.infer<typeof roundSchema>
export type Bound = NonNullable<MeasuredRow['bound']>

/** A row from its rounds. One round without a figure makes it a row that says so: a median would hide it. */
export function rowOf(row: Omit<MeasuredRow, 'ratio' | 'holds'>): BenchRow {
  const ratios = row.rounds.map(({ ours, plain }) => ours / plain).toSorted((a, b) => a - b)
  const useless = row.rounds.findIndex(({ ours, plain }) => !(ours > 0 && plain > 0))
  if (ratios.length === 0) return { part: row.part, what: row.what, missing: 'no round was run' }
  if (useless >= 0) return { part: row.part, what: row.what, missing: `round ${useless + 1} gave no figure` }
  const ratio = { median: median(ratios), least: ratios[0] ?? NaN, most: ratios.at(-1) ?? NaN }
  return { ...row, ratio, holds: isWithin(ratio.median, row.bound) }
}

/** Of numbers in order. */
export function median(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2
}

function isWithin(ratio: number, { atLeast = -Infinity, atMost = Infinity }: Bound = {}): boolean {
  return ratio >= atLeast && ratio <= atMost
}

export function isMeasured(row: BenchRow): row is MeasuredRow {
  return 'ratio' in row
}

/** 1 when a bound is missed, else 3 when something was not measured, else 0. */
export function benchExit({ rows }: Pick<Bench, 'rows'>): number {
  if (rows.some((row) => isMeasured(row) && !row.holds)) return EXIT.notReady
  return rows.every(isMeasured) ? EXIT.ready : EXIT.inconclusive
}
