// Checks an expected alert against the rules and routes as they are shipped: could this alert fire, with these labels, there?
import type { CriterionOf } from '../model/criterion.ts'
import { parseDuration, humanDuration } from '../model/duration.ts'
import type { Labels } from '../model/evidence.ts'
import type { Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { receiversFor } from '../model/route.ts'
import { spanOf } from './check-faults.ts'
import { receiverProblems } from './check-receivers.ts'
import type { Checking } from './check-references.ts'
import type { AlertRule } from './read-rules.ts'

type AlertFires = CriterionOf<'alert-fires'>

/** Every reason why this alert could not be seen as demanded. */
export function alertProblems(criterion: AlertFires, path: Path, checking: Checking): readonly Problem[] {
  const unknown = unknownAlert(criterion.alert, [...path, 'alert'], checking)
  if (unknown.length > 0) return [...unknown, ...receiverProblems(criterion, path, checking)]
  const rules = rulesOf(criterion, checking)
  if (rules.length === 0)
    return [...contradictions(criterion, path, checking), ...receiverProblems(criterion, path, checking)]
  return [
    ...serviceProblems(criterion, path, checking),
    ...routeProblems(criterion, path, checking),
    ...timeProblems(criterion, path, checking),
  ]
}

/** The alert, if no rule has this name. */
export function unknownAlert(alert: string, path: Path, { observed, stack, problem }: Checking): readonly Problem[] {
  const names = [...new Set(observed.rules.map((rule) => rule.alert))]
  if (names.includes(alert)) return []
  return [
    problem(
      path,
      `no rule under ${stack.harness.rules.split('/').at(-1)} raises ${alert}`,
      suggest(alert, names, 'alert'),
    ),
  ]
}

/** The rules that can raise this alert with these labels. */
function rulesOf({ alert, labels = {} }: AlertFires, { observed }: Checking): readonly AlertRule[] {
  return observed.rules.filter((rule) => rule.alert === alert && wrongLabels(rule, labels).length === 0)
}

function wrongLabels(rule: AlertRule, labels: Labels): readonly string[] {
  const fixed = fixedLabels(rule)
  return Object.keys(labels).filter((name) => fixed[name] !== undefined && fixed[name] !== labels[name])
}

/** Labels that the rule gives to every alert of its own, without a template. */
function fixedLabels(rule: AlertRule): Labels {
  return Object.fromEntries(Object.entries(rule.labels).filter(([, value]) => !value.includes('{{')))
}

function contradictions(
  { alert, labels = {} }: AlertFires,
  path: Path,
  { observed, problem }: Checking,
): readonly Problem[] {
  const rule = observed.rules.find((one) => one.alert === alert)
  if (!rule) return []
  const place = `${rule.file}:${rule.line}`
  return wrongLabels(rule, labels).map((name) =>
    problem(
      [...path, 'labels', name],
      `${alert} never carries ${name}="${labels[name]}"`,
      `write "${rule.labels[name]}", as the rule does (${place})`,
    ),
  )
}

function serviceProblems({ alert, labels = {} }: AlertFires, path: Path, checking: Checking): readonly Problem[] {
  const { service } = labels
  const names = checking.stack.services.map(({ name }) => name)
  if (service === undefined || names.includes(service)) return []
  return [
    checking.problem(
      [...path, 'labels', 'service'],
      `${alert} is expected of ${service}, which is no service`,
      suggest(service, names),
    ),
  ]
}

function routeProblems(criterion: AlertFires, path: Path, checking: Checking): readonly Problem[] {
  const unknown = receiverProblems(criterion, path, checking)
  const { receiver, alert, labels = {} } = criterion
  if (receiver === undefined || unknown.length > 0) return unknown
  const { route } = checking.observed
  const told = rulesOf(criterion, checking).map((rule) =>
    receiversFor(route, { ...labels, ...fixedLabels(rule), alertname: alert }),
  )
  if (told.some((receivers) => receivers === undefined || receivers.includes(receiver))) return []
  const fix = `write ${[...new Set(told.flat())].join(' or ')}, or mend the routes of alertmanager.yml`
  return [checking.problem([...path, 'receiver'], `${alert} is not sent to ${receiver}`, fix)]
}

function timeProblems(criterion: AlertFires, path: Path, checking: Checking): readonly Problem[] {
  const { drill, observed, problem } = checking
  const { alert } = criterion
  if (drill.faults.length === 0) {
    return [
      problem(
        path,
        `${alert} is expected to fire, but this drill has no fault`,
        'add a fault, or remove the criterion',
      ),
    ]
  }
  const spans = drill.faults.map(spanOf)
  const hurt = Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ from }) => from))
  const needs = Math.min(
    ...rulesOf(criterion, checking).map((rule) => observed.scrapeMs + (rule.depth + 2) * rule.intervalMs + rule.forMs),
  )
  const what = `${alert} fires ${humanDuration(needs)} after a fault at the soonest, but the faults hold ${humanDuration(hurt)}`
  const late = hurt < needs ? [problem(path, what, 'let the fault hold for longer')] : []
  return [...late, ...impossibleWithin(criterion, path, checking)]
}

/** A demanded time shorter than the rule's own `for` can never be met. */
function impossibleWithin(criterion: AlertFires, path: Path, checking: Checking): readonly Problem[] {
  const least = Math.min(...rulesOf(criterion, checking).map(({ forMs }) => forMs))
  return (['firing', 'delivered'] as const).flatMap((step) => {
    const within = criterion.within?.[step]
    if (within === undefined || parseDuration(within) >= least) return []
    const what = `${criterion.alert} waits ${humanDuration(least)} before it fires, longer than ${within}`
    return [checking.problem([...path, 'within', step], what, 'allow more, or shorten for in the rule')]
  })
}
