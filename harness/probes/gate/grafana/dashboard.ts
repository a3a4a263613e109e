// As much of a dashboard's JSON as says what it asks whom, and how it shows the answer.
import { z } from 'zod'

/** A datasource by its identifier, in either of the two ways Grafana writes it; nothing for the default. */
const reference = z.union([z.string(), z.object({ uid: z.string().nullish(), type: z.string().nullish() })]).nullish()
export type Reference = z.infer<typeof reference>

const target = z.object({
  datasource: reference,
  expr: z.string().default(''),
  hide: z.boolean().default(false),
  instant: z.boolean().default(false),
  range: z.boolean().default(false),
})
export type Target = z.infer<typeof target>

const unit = z.object({ unit: z.string().optional() }).default({})
const flat = z.object({
  title: z.string().default(''),
  type: z.string(),
  datasource: reference,
  targets: z.array(target).default([]),
  fieldConfig: z.object({ defaults: unit }).default({ defaults: {} }),
})
export type Panel = z.infer<typeof flat>

const variable = z.object({
  name: z.string(),
  type: z.string(),
  datasource: reference,
  query: z.union([z.string(), z.object({ query: z.string() })]).nullish(),
  current: z.object({ value: z.union([z.string(), z.array(z.string())]).nullish() }).nullish(),
  allValue: z.string().nullish(),
  includeAll: z.boolean().nullish(),
  multi: z.boolean().nullish(),
})
export type Variable = z.infer<typeof variable>

const schema = z.object({
  uid: z.string().nullish(),
  title: z.string().min(1, 'a title'),
  time: z.object({ from: z.string() }).nullish(),
  panels: z.array(flat.extend({ panels: z.array(flat).default([]) })).default([]),
  templating: z.object({ list: z.array(variable).default([]) }).nullish(),
  annotations: z.object({ list: z.array(z.object({ datasource: reference })).default([]) }).nullish(),
})
export type Dashboard = z.infer<typeof schema>

/** Throws what is wrong with the text. */
export function readDashboard(text: string): Dashboard {
  const read = schema.safeParse(JSON.parse(text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Error(`${issue?.path.join('.')}: ${issue?.message}`)
}

/** These show no measurement, whoever looks. */
const TALK = new Set(['row', 'text', 'dashlist', 'news'])

/** All that show measurements, those of folded rows too. */
export function panelsOf({ panels }: Dashboard): readonly Panel[] {
  return panels.flatMap((panel) => [panel, ...panel.panels]).filter(({ type }) => !TALK.has(type))
}

/** What a panel asks when somebody opens it. */
export function targetsOf({ targets }: Panel): readonly Target[] {
  return targets.filter(({ hide }) => !hide)
}
