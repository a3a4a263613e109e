// Every way a gate can decide a claim: what is looked at, and from where on it is enough. Thresholds live here, never in probes.
import { z } from 'zod'
import { durationSchema } from './duration.ts'
import { criterionSchema } from './criterion.ts'
import { LEVELS } from './alert-coverage.ts'

const services = z.array(z.string()).min(1).describe('services of the stack')
const edge = z.string().describe('caller->callee; * stands for any')
const labels = z.record(z.string(), z.string())
const path = z.string().regex(/^\//, 'a path that begins with a slash')
const share = z.number().min(0).max(1)
const real = durationSchema.describe('real time: not divided by acceleration')
const scalar = z.union([z.string(), z.number(), z.boolean()])
const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
const kinds = ['faults-proved', 'load-delivered', 'targets-up', 'nothing-dies', 'heartbeat-arrives', 'others-silent'] as const

/** Under what a thing is looked at: nothing going on, the everyday load, or that load with a service away. */
export const conditionSchema = z.enum(['idle', 'load', 'without'])
export type Condition = z.infer<typeof conditionSchema>

/** What a container may be asked for. */
export const TRAITS = ['non-root', 'memory-limit', 'cpu-limit', 'health-check', 'restart-policy', 'read-only'] as const
export type Trait = (typeof TRAITS)[number]

const drill = z
  .strictObject({
    kind: z.literal('drill'),
    drills: z.array(z.string()).min(1).optional().describe('names; every one must pass'),
    tag: z.string().optional().describe('every drill that carries it must pass'),
    criterion: z
      .enum([...kinds, ...criterionSchema.options.map((option) => option.shape.kind.value)])
      .optional()
      .describe('look at findings of this kind only; each of the drills must have one'),
  })
  .refine(({ drills, tag }) => (drills === undefined) !== (tag === undefined), 'exactly one of drills and tag')

const limits = z
  .strictObject({
    kind: z.literal('limits'),
    service: z.string(),
    burst: z.strictObject({ path, calls: z.number().int().min(2) }).optional().describe('at once, by one user: some must be turned away with 429 and told when to come back'),
    breaker: z.strictObject({ without: z.string(), path: path.describe('of a call that leads to it'), within: real }).optional().describe('with this service away, calls to it are refused at once instead of waiting'),
  })
  .refine(({ burst, breaker }) => burst !== undefined || breaker !== undefined, 'at least one of burst and breaker')

const endpoint = z
  .strictObject({
    kind: z.literal('endpoint'),
    services,
    method: method.default('GET'),
    path,
    port: z.number().int().optional().describe('the first of its ports when left out'),
    status: z.number().int().default(200),
    body: z.record(z.string(), z.union([scalar, z.null()])).optional().describe('field (dots lead inwards) -> its value; null: it must be there, with any value'),
    when: z.array(conditionSchema).min(1).default(['idle']),
    without: z.string().optional().describe('the service that is away where `when` says without'),
    p95: real.optional(),
  })
  .refine(({ when, without }) => when.includes('without') === (without !== undefined), '`without` names a service if, and only if, `when` has it')

const setting = z
  .strictObject({
    kind: z.literal('setting'),
    service: z.string(),
    from: z.enum(['flags', 'file', 'environment', 'server']).describe('what is asked: flags it runs with, a file it mounts, its environment, or the server itself (SHOW, CONFIG GET)'),
    name: z.string().describe('of a file: the keys that lead to it, with dots'),
    is: scalar.optional(),
    atLeast: z.union([z.string(), z.number()]).optional().describe('a number, a duration such as 30d, or a size such as 256mb'),
    atMost: z.union([z.string(), z.number()]).optional(),
  })
  .refine((one) => [one.is, one.atLeast, one.atMost].some((bound) => bound !== undefined), 'is, atLeast or atMost')

export const gateCheckSchema = z.discriminatedUnion('kind', [
  drill,
  limits,
  endpoint,
  setting,
  z.strictObject({
    kind: z.literal('load'),
    drill: z.string().describe('the drill whose load is looked at, faults and all'),
    p95: real.optional().describe('the slowest that 95 of 100 operations may be'),
    good: share.optional().describe('the least share of operations answered as promised'),
    rate: z.number().positive().optional().describe('the least operations per second'),
  }),
  z.strictObject({ kind: z.literal('deployed'), services: z.array(z.string()).min(1).describe('they must be part of the stack, and run') }),
  z.strictObject({ kind: z.literal('targets'), services }),
  z.strictObject({
    kind: z.literal('series'),
    query: z.string().describe('PromQL, asked while the everyday load runs'),
    series: z.number().int().min(0).optional().describe('how many it must give at least; 1 when left out'),
    atLeast: z.number().optional().describe('no value of any series may be lower'),
    atMost: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('scrape-interval'), services, every: durationSchema }),
  z.strictObject({
    kind: z.literal('rules'),
    alerts: z.number().int().min(0).optional().describe('how many alert rules must be loaded and healthy'),
    recordings: z.number().int().min(0).optional(),
    names: z.array(z.string()).optional().describe('rules that must be among them'),
  }),
  z.strictObject({
    kind: z.literal('routes'),
    routes: z.array(z.strictObject({ labels, receivers: z.array(z.string()).min(1) })).min(1).describe('an alert with these labels must reach each of these receivers'),
  }),
  z.strictObject({ kind: z.literal('alert-coverage'), level: z.enum(LEVELS) }),
  z.strictObject({
    kind: z.literal('refused'),
    calls: z.array(z.strictObject({ service: z.string(), method: method.default('GET'), path, body: z.record(z.string(), z.unknown()).optional() })).min(1),
    credentials: z.enum(['none', 'tampered', 'expired', 'guest']).default('none').describe('what the caller shows: nothing, a token with a wrong signature, one that ran out, or that of a user without rights'),
    status: z.array(z.number().int()).min(1).default([401]),
  }),
  z.strictObject({ kind: z.literal('traced'), services: services.optional(), edges: z.array(edge).optional(), spans: z.number().int().min(1).optional().describe('how many spans the longest trace must have') }),
  z.strictObject({
    kind: z.literal('logs'),
    services,
    fields: z.array(z.string()).default([]).describe('what every line must say'),
    joined: z.boolean().default(false).describe('whether a line must lead to a trace that the tracing backend has'),
  }),
  z.strictObject({ kind: z.literal('dashboards'), dashboards: z.number().int().min(1), panels: z.number().int().min(1) }),
  z.strictObject({
    kind: z.literal('container'),
    services,
    traits: z.array(z.enum(TRAITS)).min(1),
    proof: z.enum(['declared', 'running']).default('declared').describe('declared: the compose file says so, and no engine contradicts; running: the engine must say so'),
  }),
  z.strictObject({ kind: z.literal('separated'), pairs: z.array(z.strictObject({ from: z.string(), to: z.string() })).min(1).describe('`from` must not be able to connect to `to`') }),
  z.strictObject({ kind: z.literal('listeners'), open: z.array(z.string()).describe('service:port that may be reached from outside the machine') }),
  z.strictObject({ kind: z.literal('encrypted'), edges: z.array(edge).min(1), mutual: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('recovery'), services, within: real }),
  z.strictObject({ kind: z.literal('shutdown'), services, within: real.optional() }),
  z.strictObject({ kind: z.literal('backup'), service: z.string(), tables: z.number().int().min(1).default(1).describe('how many tables with rows must come back the same') }),
  z.strictObject({ kind: z.literal('start-time'), within: real }),
])

/** As an author writes it. */
export type GateCheck = z.input<typeof gateCheckSchema>
/** As it was read, defaults filled in. */
export type LoadedCheck = z.output<typeof gateCheckSchema>
export type GateKind = LoadedCheck['kind']
export type CheckOf<K extends GateKind> = Extract<LoadedCheck, { kind: K }>
