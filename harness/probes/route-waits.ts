// How long Alertmanager may wait before it calls a receiver, read from its route tree.
import { parse } from 'yaml'
import { z } from 'zod'
import { parseDuration } from '../model/duration.ts'
import type { ReceiverFact } from '../model/evidence.ts'

interface Route {
  readonly receiver?: string | undefined
  readonly group_wait?: string | undefined
  readonly group_interval?: string | undefined
  readonly routes?: readonly Route[] | null | undefined
}

const route: z.ZodType<Route> = z.object({
  receiver: z.string().optional(),
  group_wait: z.string().optional(),
  group_interval: z.string().optional(),
  get routes() {
    return z.array(route).nullish()
  },
})

/** Alertmanager's own defaults, used where not even the root route says otherwise. */
const ROOT = { receiver: '', groupWaitMs: 30_000, groupIntervalMs: 300_000 } as const satisfies ReceiverFact

/**
 * Per receiver the longest group_wait and group_interval over all routes that lead to it, inherited as Alertmanager
 * inherits them.
 */
export function receiversOf(yaml: string): readonly ReceiverFact[] {
  const config = z.object({ route }).parse(parse(yaml))
  const longest = new Map<string, ReceiverFact>()
  for (const fact of flatten(config.route, ROOT)) {
    const known = longest.get(fact.receiver) ?? fact
    longest.set(fact.receiver, {
      receiver: fact.receiver,
      groupWaitMs: Math.max(known.groupWaitMs, fact.groupWaitMs),
      groupIntervalMs: Math.max(known.groupIntervalMs, fact.groupIntervalMs),
    })
  }
  return [...longest.values()]
}

function flatten(node: Route, above: ReceiverFact): readonly ReceiverFact[] {
  const own: ReceiverFact = {
    receiver: node.receiver ?? above.receiver,
    groupWaitMs: durationOr(node.group_wait, above.groupWaitMs),
    groupIntervalMs: durationOr(node.group_interval, above.groupIntervalMs),
  }
  return [own, ...(node.routes ?? []).flatMap((child) => flatten(child, own))]
}

function durationOr(text: string | undefined, inherited: number): number {
  return text === undefined ? inherited : parseDuration(text)
}
