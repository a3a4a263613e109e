// The JSON report as others may rely on it. reports/report.schema.json is made from this.
import { z } from 'zod'

const verdict = z.enum(['pass', 'fail', 'inconclusive'])
const moment = z.iso.datetime().describe('UTC')
const lines = z.array(z.number().int()).describe('lines of journal.jsonl that show it')
const texts = z.record(z.string(), z.string())
const span = z.strictObject({ from: moment, to: moment })
const proof = z.strictObject({ what: z.string(), before: z.string(), seen: z.string(), holds: z.boolean() })
const failure = z.strictObject({
  step: z.string(),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  at: moment,
  line: z.number().int(),
})

const time = z.strictObject({
  name: z.string().describe('such as "fault to firing"'),
  ms: z.number().describe('real milliseconds'),
  limitMs: z.number().nullable().describe('what it was allowed to be; null without a limit'),
  productionMs: z.number().describe('ms times the acceleration'),
  productionLimitMs: z.number().nullable(),
})

const finding = z.strictObject({
  criterion: z.looseObject({ kind: z.string() }).describe('as the drill has it'),
  sentence: z.string().describe('the criterion in plain words'),
  verdict,
  because: z.string(),
  times: z.array(time),
  lines,
})

const fault = z.strictObject({
  kind: z.string(),
  target: z.string(),
  appliedAt: moment.nullable(),
  proof: proof.nullable(),
  revertedAt: moment.nullable(),
  goneProof: proof.nullable(),
  lines,
})

const drill = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  verdict,
  because: z.string(),
  closed: z
    .enum(['completed', 'interrupted', 'errored'])
    .nullable()
    .describe('null: the journal ends before the drill'),
  phases: z.partialRecord(z.enum(['warm-up', 'baseline', 'fault', 'recovery']), span),
  faults: z.array(fault),
  findings: z.array(finding),
  failures: z.array(failure),
})

const gate = z.strictObject({
  phase: z.string(),
  title: z.string(),
  profile: z.string(),
  verdict: verdict.describe('of its blocking criteria, those that the profile has the time for'),
  because: z.string(),
  criteria: z.array(
    z.strictObject({
      id: z.string(),
      claims: z.array(z.number().int()),
      claim: z.string(),
      source: z.string(),
      question: z.string(),
      weight: z.enum(['blocking', 'advisory']),
      asked: z.string().describe('the check in plain words'),
      verdict,
      state: z.enum(['pass', 'fail', 'inconclusive', 'skipped', 'undecidable', 'later']).describe('the verdict, or why there is none'),
      because: z.string(),
      lines,
    }),
  ),
})

export const reportSchema = z
  .strictObject({
    $schema: z.string(),
    version: z.literal(1),
    run: z.string(),
    verdict: verdict.describe('of the phases that the run was made for; of its drills where it was made for none. fail outranks inconclusive outranks pass'),
    because: z.string(),
    exitCode: z.number().int(),
    command: z.string(),
    openedAt: moment,
    closedAt: moment.nullable(),
    closed: z.enum(['completed', 'interrupted', 'errored']).nullable(),
    runtime: z.string(),
    acceleration: z.number(),
    fidelity: z.string(),
    floors: z.array(z.strictObject({ what: z.string(), wanted: z.string(), used: z.string() })),
    versions: texts,
    digests: texts,
    machine: texts,
    gates: z.array(gate).optional().describe('the phases that the run was made for'),
    counts: z.strictObject({ pass: z.number().int(), fail: z.number().int(), inconclusive: z.number().int() }),
    drills: z.array(drill),
    failures: z.array(failure).describe('failures of the harness outside any drill'),
    tornLines: z.number().int(),
  })
  .describe('One run of the readiness harness, judged from its journal.')

export type Report = z.infer<typeof reportSchema>

/** The published JSON Schema, as text. */
export function reportSchemaText(): string {
  return `${JSON.stringify({ title: 'Readiness report', ...z.toJSONSchema(reportSchema) }, null, 2)}\n`
}
