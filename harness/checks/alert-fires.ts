// Does the expected alert fire, reach the right people, and resolve, each in time? The whole chain in one criterion.
import type { DrillRecord } from '../model/record.ts'
import { whyUndelivered } from './alert-routing.ts'
import type { Stage } from './alert-limits.ts'
import { whySilent } from './alert-silence.ts'
import { sightOf } from './alert-sight.ts'
import type { AlertSight, Expected } from './alert-sight.ts'
import { isTold, momentsOf, sinceFault, timesOf } from './alert-stages.ts'
import type { Moments } from './alert-stages.ts'
import { lingeringFault } from './faults-proved.ts'
import { carries } from './labels.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check, Outcome } from './outcome.ts'
import { gapIn } from './rendered-text.ts'
import { sayAlert, sayTime } from './wording.ts'

export const alertFires: Check<'alert-fires'> = {
  describe(criterion) {
    const delivery = criterion.receiver === undefined ? '' : `, is delivered to ${sayWay(criterion)}`
    const limits = Object.entries(criterion.within ?? {}).map(([stage, limit]) => `${stage} within ${limit}`)
    const tight = limits.length === 0 ? '' : ` (${limits.join(', ')})`
    const resolves = criterion.resolves === false ? '' : `${delivery === '' ? '' : ','} and resolves after the fault`
    return `${sayAlert(criterion.alert, criterion.labels)} fires${delivery}${resolves}, all in time${tight}`
  },
  judge(criterion, record) {
    const sight = sightOf(criterion, record)
    if ('verdict' in sight) return sight
    const moments = momentsOf(criterion, sight)
    const wanted = wantedStages(criterion)
    const detail = { times: timesOf(moments, sight, wanted), lines: linesOf(criterion, sight) }
    if (moments.firing === undefined) return { ...notFired(criterion, sight, record), ...detail }
    const breaches = [
      ...lateStages(moments, sight, { wanted, record }),
      ...missingStages(criterion, { moments, sight, record }),
      ...emptyTexts(criterion, sight),
    ]
    const failed = breaches.filter(({ verdict }) => verdict === 'fail')
    const shown = failed.length > 0 ? failed : breaches
    if (shown.length === 0) return pass(sayStages(moments, sight, record), detail)
    const because = shown.map((breach) => breach.because).join('; ')
    return failed.length > 0 ? fail(because, detail) : inconclusive(because, detail)
  },
}

/** `backend by slack` */
function sayWay({ receiver = '', channel }: Expected): string {
  return channel === undefined ? receiver : `${receiver} by ${channel}`
}

/** Whoever is told with a gap in the words may not know what to do. */
function emptyTexts(criterion: Expected, { deliveries }: AlertSight): readonly Outcome[] {
  if (criterion.receiver === undefined) return []
  const own = deliveries.filter((one) => carries(one.notification.labels, criterion.labels) && isTold(one, criterion))
  const gaps = own.flatMap((one) => {
    const gap = gapIn(one)
    return gap === undefined ? [] : [`${one.receiver} was told by ${one.channel ?? 'webhook'} with ${gap}`]
  })
  return [...new Set(gaps)].map((gap) => fail(gap))
}

function wantedStages({ receiver, resolves }: Expected): ReadonlySet<Stage> {
  const ends: readonly Stage[] = resolves === false ? [] : ['resolved']
  if (receiver === undefined) return new Set(['pending', 'firing', ...ends])
  return new Set([
    'pending',
    'firing',
    'delivered',
    ...ends,
    ...(ends.length > 0 ? (['resolvedDelivered'] as const) : []),
  ])
}

/** The first and the last delivery stand for all between them: an alert may be repeated for hours. */
function linesOf(criterion: Expected, { lines, deliveries }: AlertSight): readonly number[] {
  const own = deliveries.filter(({ notification }) => carries(notification.labels, criterion.labels))
  return [...lines, ...[...own.slice(0, 1), ...own.slice(1).slice(-1)].map(({ line }) => line)]
}

export function notFired(criterion: Expected, sight: AlertSight, record: DrillRecord): Outcome {
  const { text, final } = whySilent(criterion, sight, record)
  const held = Math.min(sight.fault.to, sight.watchedTo) - sight.fault.from
  if (final || held >= sight.limits.firing) return fail(`did not fire: ${text}`)
  const say = (ms: number) => sayTime(ms, record.acceleration)
  const longer = `the fault held ${say(held)}, firing may take ${say(sight.limits.firing)}: hold it longer`
  return inconclusive(`did not fire, but ${longer}; so far ${text}`)
}

function lateStages(
  moments: Moments,
  sight: AlertSight,
  context: { readonly wanted: ReadonlySet<Stage>; readonly record: DrillRecord },
): readonly Outcome[] {
  return sight.stages.flatMap(({ stage, word, from }) => {
    const at = moments[stage]
    if (at === undefined || !context.wanted.has(stage)) return []
    const ms = sinceFault(at, sight.fault[from])
    if (ms <= sight.limits[stage]) return []
    const origin = from === 'from' ? 'the fault' : 'the fault ended'
    const say = (time: number) => sayTime(time, context.record.acceleration)
    const late = `${word} only ${say(ms)} after ${origin}, allowed ${say(sight.limits[stage])}`
    return [lingers(context.record, from) ?? fail(late)]
  })
}

/** Nothing can be asked of the end of a fault that is not proved to have ended. */
function lingers(record: DrillRecord, from: 'from' | 'to'): Outcome | undefined {
  const lingering = from === 'to' ? lingeringFault(record) : undefined
  return lingering === undefined ? undefined : inconclusive(lingering)
}

interface Context {
  readonly moments: Moments
  readonly sight: AlertSight
  readonly record: DrillRecord
}

function missingStages(criterion: Expected, context: Context): readonly Outcome[] {
  const { moments, sight, record } = context
  const wanted = wantedStages(criterion)
  const lacking = (stage: Stage) => wanted.has(stage) && moments[stage] === undefined
  const closed = record.closed?.at ?? sight.watchedTo
  if (lacking('delivered')) {
    const got = sight.deliveries.filter(
      ({ notification }) => notification.status === 'firing' && carries(notification.labels, criterion.labels),
    )
    return [
      missing(
        'delivered',
        `fired, but was not delivered to ${sayWay(criterion)}: ${whyUndelivered(criterion, got, record)}`,
        { ...context, until: closed },
      ),
      ...(lacking('resolved') ? [unresolved(context)] : []),
    ]
  }
  if (lacking('resolved')) return [unresolved(context)]
  if (!lacking('resolvedDelivered')) return []
  return [
    missing('resolvedDelivered', `resolved, but ${sayWay(criterion)} was not told so`, { ...context, until: closed }),
  ]
}

function unresolved(context: Context): Outcome {
  const { sight, record } = context
  const since = sayTime(sight.watchedTo - sight.fault.to, record.acceleration)
  const allowed = sayTime(sight.limits.resolved, record.acceleration)
  return missing('resolved', `still firing ${since} after the fault ended, allowed ${allowed}`, {
    ...context,
    until: sight.watchedTo,
  })
}

/** A stage that was not reached: a failure once its time was up, before that only a watch that ended too early. */
function missing(stage: Stage, text: string, { sight, record, until }: Context & { readonly until: number }): Outcome {
  const from = sight.stages.find((one) => one.stage === stage)?.from ?? 'from'
  const lingering = lingers(record, from)
  if (lingering !== undefined) return lingering
  const due = sight.fault[from] + sight.limits[stage]
  if (until >= due) return fail(text)
  return inconclusive(`${text}; the watch ended ${sayTime(due - until, record.acceleration)} before its time was up`)
}

function sayStages(moments: Moments, sight: AlertSight, record: DrillRecord): string {
  const say = (end: 'from' | 'to') =>
    sight.stages.flatMap(({ stage, word, from }) => {
      const at = moments[stage]
      return from !== end || at === undefined
        ? []
        : [`${word} ${sayTime(sinceFault(at, sight.fault[end]), record.acceleration)}`]
    }).join(', ')
  const after = say('to')
  return `${say('from')} after the fault${after === '' ? '' : `; ${after} after its end`}`
}
