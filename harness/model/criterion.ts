// The shape of every criterion: one sentence that must hold, with its threshold, window and deadline.
import { z } from 'zod'
import { durationSchema } from './duration.ts'

export const phaseSchema = z.enum(['baseline', 'fault', 'recovery'])
/** warm-up comes before baseline and is never judged, but for services that end in it. */
export type Phase = z.infer<typeof phaseSchema>

export const channelSchema = z.enum(['webhook', 'slack', 'pagerduty', 'email'])
/** The way by which a notification reaches people. */
export type Channel = z.infer<typeof channelSchema>

const labels = z.record(z.string(), z.string())
const during = phaseSchema.optional().describe('the phase that is looked at; fault when left out')

/** An alert by name and by some of its labels. */
export const alertMatcherSchema = z.strictObject({ alert: z.string(), labels: labels.optional() })
export type AlertMatcher = z.infer<typeof alertMatcherSchema>

/** The alert that always fires, and who waits for it: when it stops arriving, alerting is dead. */
export const heartbeatSchema = z.strictObject({ alert: z.string(), receiver: z.string() })
export type Heartbeat = z.infer<typeof heartbeatSchema>

export const criterionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('alert-fires'),
    alert: z.string(),
    labels: labels.optional().describe('labels the alert must carry'),
    receiver: z.string().optional().describe('the Alertmanager receiver that must be called'),
    channel: channelSchema.optional().describe('by what the receiver must be told; any will do when left out'),
    messenger: z.boolean().optional().describe('the fault cuts the way of the notification itself: delivery is counted from its end'),
    resolves: z.boolean().optional().describe('whether it must resolve after the fault; true when left out'),
    within: z
      .strictObject({
        pending: durationSchema.optional(),
        firing: durationSchema.optional(),
        delivered: durationSchema.optional(),
        resolved: durationSchema.optional(),
      })
      .optional()
      .describe('tighter deadlines than the derived ones, counted from the fault (resolved: from its end)'),
  }),
  z.strictObject({
    kind: z.literal('alert-inhibited'),
    alert: z.string(),
    labels: labels.optional().describe('labels the alert must carry'),
    by: z.string().optional().describe('the alert that must mute it; any will do when left out'),
  }),
  z.strictObject({
    kind: z.literal('trace-shows'),
    edge: z.string().describe('caller->callee, as spans show it'),
    operation: z.string().optional().describe('a part of the span name'),
    minDuration: durationSchema.optional().describe('real time: not divided by acceleration'),
    status: z.enum(['ok', 'error']).optional(),
    atLeast: z.number().int().min(1).optional().describe('how many spans; 1 when left out'),
    during,
  }),
  z.strictObject({
    kind: z.literal('value-holds'),
    query: z.string().describe('PromQL; every series of the answer must hold'),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    during,
  }),
  z.strictObject({ kind: z.literal('nothing-lost'), scenario: z.string() }),
  z.strictObject({
    kind: z.literal('invariants-hold'),
    only: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('names under x-harness.invariants; when left out, all that say something of the scenario that runs'),
  }),
  z.strictObject({
    kind: z.literal('edges-match'),
    except: z.record(z.string(), z.string()).optional().describe('edges that no trace can show, each with the reason, which the report repeats'),
  }),
  z.strictObject({
    kind: z.literal('users-served'),
    good: z.number().min(0).max(1).optional().describe('the least share of operations answered as promised; 1, which is all, when left out'),
    p50: durationSchema.optional().describe('real time: not divided by acceleration'),
    p95: durationSchema.optional().describe('real time too; where few are slow and few are served a second, it is that of the slow'),
    during,
  }),
  z.strictObject({ kind: z.literal('recovers'), within: durationSchema }),
  z
    .strictObject({ kind: z.literal('heartbeat-stops'), ...heartbeatSchema.shape })
    .describe('for faults of the monitoring itself: the alert that always fires must stop arriving'),
])

export type Criterion = z.infer<typeof criterionSchema>

/** Criteria every drill has without saying so. */
export type ImpliedCriterion =
  | { readonly kind: 'faults-proved' }
  | { readonly kind: 'load-delivered'; readonly floor: number }
  | { readonly kind: 'targets-up' }
  | { readonly kind: 'nothing-dies' }
  | ({ readonly kind: 'heartbeat-arrives' } & Heartbeat)
  | { readonly kind: 'others-silent'; readonly allow: readonly AlertMatcher[] }

export type AnyCriterion = Criterion | ImpliedCriterion
export type CriterionOf<K extends AnyCriterion['kind']> = Extract<AnyCriterion, { kind: K }>

/** The alerts that have to fire for these criteria to hold. */
export function expectedIn(criteria: readonly AnyCriterion[]): readonly AlertMatcher[] {
  const asking = criteria.filter((one) => one.kind === 'alert-fires' || one.kind === 'alert-inhibited')
  return asking.map(({ alert, labels }) => ({ alert, ...(labels && { labels }) }))
}

/** Whether some matcher names this alert: same name, and every label it gives. */
export function alertIsAllowed(alert: { readonly alert: string; readonly labels: Readonly<Record<string, string>> }, allow: readonly AlertMatcher[]): boolean {
  return allow.some(
    (matcher) => matcher.alert === alert.alert && Object.entries(matcher.labels ?? {}).every(([name, value]) => alert.labels[name] === value),
  )
}
