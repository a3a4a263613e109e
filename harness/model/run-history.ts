// What is kept of a run when its journal is gone: verdicts, what each alert came to, and its times. Small, and read back by quality and compare.
import { z } from 'zod'

const verdict = z.enum(['pass', 'fail', 'inconclusive'])
const texts = z.record(z.string(), z.string())
const time = z.object({ ms: z.number().min(0), limitMs: z.number().optional() }).readonly()

const asked = z.object({
  labels: texts.optional(),
  verdict: verdict.describe('what the criterion came to'),
  fired: z.boolean(),
  detection: time.optional().describe('fault to firing, real milliseconds'),
  delivery: time.optional().describe('fault to delivered'),
  reset: time.optional().describe('end of fault to resolved'),
})

const alert = z.object({
  alert: z.string(),
  asked: z.array(asked).readonly().describe('one for each set of labels that the drill asked for'),
  unasked: z.int().min(0).describe('label sets that fired though the drill neither asked for nor allowed them'),
  allowed: z.int().min(0).describe('label sets that fired, were not asked for, and were allowed'),
  early: z.int().min(0).default(0).describe('label sets that were firing before the drill was watched, and so are not its own'),
  flapped: z.int().min(0).default(0).describe('label sets that began firing more than once while one fault held'),
})

const quiet = z.object({
  what: z.enum(['baseline', 'drill']).describe('the baseline of a drill with faults, or a whole drill without any'),
  ms: z.number().min(0),
  fired: z.array(z.string()).readonly(),
})

const drill = z.object({
  id: z.string(),
  name: z.string(),
  verdict,
  because: z.string(),
  watched: z.boolean().describe('whether silence in it means anything'),
  criteria: z.array(z.object({ key: z.string(), sentence: z.string(), verdict, because: z.string().optional() })).readonly(),
  alerts: z.array(alert).readonly().describe('those that were asked for or fired, but for the heartbeat'),
  quiet: quiet.optional().describe('a time without a disturbance, fully watched'),
})

const gate = z.object({
  phase: z.string(),
  profile: z.string(),
  verdict,
  because: z.string().optional(),
  claims: z
    .array(z.object({ id: z.string(), weight: z.string(), verdict, because: z.string().optional() }))
    .readonly()
    .optional()
    .describe('those that were judged, with the reason of what is no pass'),
})

/** Unknown fields are passed over, so that what a newer harness wrote can still be read while the version is the same. */
export const runHistorySchema = z.object({
  version: z.literal(1),
  run: z.string(),
  at: z.iso.datetime(),
  command: z.string(),
  runtime: z.string(),
  acceleration: z.number().min(1),
  seed: z.string().optional(),
  verdict,
  because: z.string(),
  ms: z.number().min(0).optional().describe('how long the run took; not on record in earlier ones'),
  gates: z.array(gate).readonly().optional().describe('the phases that were judged from it'),
  versions: texts,
  rules: texts.describe('digests of the files with alert rules'),
  scrapeMs: z.number().optional(),
  loaded: z.record(z.string(), z.number()).describe('alerts that were loaded, and how often each was evaluated, real milliseconds'),
  drills: z.array(drill).readonly(),
})

export type RunHistory = z.infer<typeof runHistorySchema>
export type GateHistory = z.infer<typeof gate>
export type DrillHistory = RunHistory['drills'][number]
export type DrillAlert = DrillHistory['alerts'][number]
export type Asked = DrillAlert['asked'][number]

/** The times of an alert that are kept, and what checks call them. */
export const ALERT_TIMES = { detection: 'fault to firing', delivery: 'fault to delivered', reset: 'end of fault to resolved' } as const
export type AlertTime = keyof typeof ALERT_TIMES
