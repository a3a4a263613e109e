// Alertmanager's route tree: who is told of an alert, and after how long a wait.
import { z } from 'zod'
import { channelSchema } from './criterion.ts'
import type { Channel } from './criterion.ts'
import { durationSchema, parseDuration } from './duration.ts'
import type { Labels, ReceiverFact } from './evidence.ts'

const duration = durationSchema.optional()

const routeSchema = z.object({
  receiver: z.string().optional(),
  matchers: z.array(z.string()).nullish(),
  match: z.record(z.string(), z.string()).nullish(),
  continue: z.boolean().optional(),
  group_wait: duration,
  group_interval: duration,
  repeat_interval: duration,
  get routes() {
    return z.array(routeSchema).nullish()
  },
})
type RawRoute = z.output<typeof routeSchema>

const configs = z.array(z.unknown()).nullish()
const receiverSchema = z.object({ name: z.string(), webhook_configs: configs, slack_configs: configs, pagerduty_configs: configs, email_configs: configs })

/** The parts of alertmanager.yml that decide who is told; everything else in it is left to amtool. */
export const alertmanagerSchema = z.object({
  route: routeSchema.refine(
    (route) => route.receiver !== undefined,
    'a route with a receiver, for alerts that match no other',
  ),
  receivers: z.array(receiverSchema).min(1),
})

/** By what each receiver is told, in the order of its file. */
export function channelsOf({ receivers }: z.output<typeof alertmanagerSchema>): Readonly<Record<string, readonly Channel[]>> {
  const known = channelSchema.options
  return Object.fromEntries(receivers.map((one) => [one.name, known.filter((channel) => (one[`${channel}_configs`]?.length ?? 0) > 0)]))
}

interface Matcher {
  readonly label: string
  readonly operator: string
  readonly value: string
}

/** A route with what it inherits filled in. */
export interface Route extends Required<ReceiverFact> {
  readonly matchers: readonly Matcher[]
  readonly goesOn: boolean
  readonly routes: readonly Route[]
}

/** Alertmanager's own defaults, for what not even the root route says. */
const DEFAULTS: Required<ReceiverFact> = { receiver: '', groupWaitMs: 30_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 }

/** The route tree of a configuration. */
export function routeOf(config: z.output<typeof alertmanagerSchema>): Route {
  return filledIn(config.route, DEFAULTS)
}

function filledIn(raw: RawRoute, above: Required<ReceiverFact>): Route {
  const waits = {
    receiver: raw.receiver ?? above.receiver,
    groupWaitMs: raw.group_wait === undefined ? above.groupWaitMs : parseDuration(raw.group_wait),
    groupIntervalMs: raw.group_interval === undefined ? above.groupIntervalMs : parseDuration(raw.group_interval),
    repeatIntervalMs: raw.repeat_interval === undefined ? above.repeatIntervalMs : parseDuration(raw.repeat_interval),
  }
  const old = Object.entries(raw.match ?? {}).map(([label, value]) => ({ label, operator: '=', value }))
  const routes = (raw.routes ?? []).map((child) => filledIn(child, waits))
  return { ...waits, matchers: [...old, ...(raw.matchers ?? []).map(toMatcher)], goesOn: raw.continue ?? false, routes }
}

function toMatcher(text: string): Matcher {
  const [, label = '', operator = '=', value = ''] =
    /^\s*"?([\w.-]+)"?\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/s.exec(text) ?? []
  return { label, operator, value }
}

/** For each receiver the longest waits over all routes that lead to it, and the shortest after which it is told again. */
export function receiverFacts(route: Route): readonly ReceiverFact[] {
  const all = flat(route)
  return [...new Set(all.map(({ receiver }) => receiver))].map((receiver) => {
    const own = all.filter((one) => one.receiver === receiver)
    return {
      receiver,
      groupWaitMs: Math.max(...own.map(({ groupWaitMs }) => groupWaitMs)),
      groupIntervalMs: Math.max(...own.map(({ groupIntervalMs }) => groupIntervalMs)),
      repeatIntervalMs: Math.min(...own.map(({ repeatIntervalMs }) => repeatIntervalMs)),
    }
  })
}

function flat(route: Route): readonly Route[] {
  return [route, ...route.routes.flatMap(flat)]
}

/** The receivers that are told of an alert with these labels; undefined when a label decides that is not known beforehand. */
export function receiversFor(route: Route, known: Labels): readonly string[] | undefined {
  const told: string[] = []
  for (const child of route.routes) {
    const match = matches(child.matchers, known)
    if (match === undefined) return undefined
    if (!match) continue
    const below = receiversFor(child, known)
    if (below === undefined) return undefined
    told.push(...below)
    if (!child.goesOn) break
  }
  return told.length > 0 ? [...new Set(told)] : [route.receiver]
}

function matches(matchers: readonly Matcher[], known: Labels): boolean | undefined {
  const answers = matchers.map(({ label, operator, value }) => {
    const has = known[label]
    if (has === undefined) return undefined
    const equal = operator.endsWith('~') ? new RegExp(`^(?:${value})$`).test(has) : has === value
    return operator.startsWith('!') ? !equal : equal
  })
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}
