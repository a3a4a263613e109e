// The whole drill language on one page: one question about the system, as plain data.
import { z } from 'zod'
import { alertMatcherSchema, criterionSchema, expectedIn } from './criterion.ts'
import type { AlertMatcher, AnyCriterion, CriterionOf, Heartbeat } from './criterion.ts'
import { durationSchema } from './duration.ts'
import { faultSchema } from './fault.ts'
import { invariantsOf } from './invariant.ts'
import type { Invariants } from './invariant.ts'
import { perSecond, rateSchema } from './rate.ts'

export const drillSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(10).describe('the question this drill answers, in one sentence'),
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
  load: z.strictObject({
    scenario: z.string().describe('the name of a file in scenarios/, without its ending'),
    rate: rateSchema,
    floor: rateSchema.describe('the least rate at which this drill says anything; below it the verdict is inconclusive'),
  }),
  baseline: durationSchema.default('5m').describe('how long the steady state is watched before any fault'),
  faults: z.array(faultSchema).default([]),
  hold: durationSchema.optional().describe('for a drill without faults: how long it watches after the baseline'),
  together: z.boolean().optional().describe('may run beside others that say so too: it hurts nobody but those whom its faults and criteria name'),
  criteria: z.array(criterionSchema).default([]),
  allow: z.array(alertMatcherSchema).default([]).describe('alerts that may fire besides the expected ones'),
})

/** The tags of drills that hurt each edge, or kill each service, in turn; reports draw those as a matrix. */
export const EACH_EDGE = 'each-edge'
export const EACH_SERVICE = 'each-service'

/** A drill as an author writes it. */
export type Drill = z.input<typeof drillSchema>
/** A drill as it was read: name from its file, defaults filled in. */
export type LoadedDrill = z.output<typeof drillSchema> & { readonly name: string; readonly file: string }

/** What the criteria of a drill depend on besides itself. */
export interface Judging {
  /** Whether the end of a service is noticed. */
  readonly watched: boolean
  /** Those that the stack declares. */
  readonly invariants?: Invariants | undefined
  /** The alert that always fires, where the stack has one. */
  readonly heartbeat?: Heartbeat | undefined
  /** Alerts that may fire in any drill. */
  readonly allow?: readonly AlertMatcher[] | undefined
}

/**
 * Everything a drill is judged by: the implied criteria first, then its own. Of deaths nothing is said where they are
 * not `watched`; where they are, they stand before what they may have caused, so that they are told first. Invariants
 * are named one by one, so that one that was never looked at is missed.
 */
export function criteriaOf(drill: LoadedDrill, { watched, invariants, ...always }: Judging): readonly AnyCriterion[] {
  return [
    ...(drill.faults.length > 0 ? [{ kind: 'faults-proved' } as const] : []),
    { kind: 'load-delivered', floor: perSecond(drill.load.floor) },
    { kind: 'targets-up' },
    ...(watched ? [{ kind: 'nothing-dies' } as const] : []),
    ...(always.heartbeat ? [{ kind: 'heartbeat-arrives', ...always.heartbeat } as const] : []),
    ...drill.criteria.map((c) => (c.kind === 'invariants-hold' ? { ...c, only: [...wantedInvariants(c, drill, invariants)] } : c)),
    { kind: 'others-silent', allow: [...expectedIn(drill.criteria), ...allowedIn(drill, always)] },
  ]
}

/** The alerts that may fire besides the expected ones: those of the drill, those of the stack, and the one that always does. */
export function allowedIn(drill: LoadedDrill, { heartbeat, allow = [] }: Pick<Judging, 'heartbeat' | 'allow'>): readonly AlertMatcher[] {
  const anywhere = allow.map(({ alert, labels }) => ({ alert, ...(labels && { labels }) }))
  return [...(heartbeat ? [{ alert: heartbeat.alert }] : []), ...anywhere, ...drill.allow]
}

/** The names that a criterion stands for in a drill. */
export function wantedInvariants({ only }: CriterionOf<'invariants-hold'>, { load }: LoadedDrill, all: Invariants | undefined): readonly string[] {
  return only ?? invariantsOf(load.scenario, all)
}
