// Coverage of alerts as tables for a terminal: rule by rule, then fault by fault, and which runs that stands on. Pure.
import type { AlertCoverage, AlertProof, FaultCoverage, RuleCoverage, RuleState, RunsWithReason } from '../model/alert-coverage.ts'
import { humanDuration } from '../model/duration.ts'
import { aligned } from './aligned.ts'
import type { Paint } from './aligned.ts'
import type { ConsoleOptions } from './console.ts'
import { flat } from './words.ts'

const [GREEN, RED, YELLOW] = ['32', '31', '33']
const COLOUR: Readonly<Record<RuleState | FaultCoverage['state'], string>> = {
  proven: GREEN,
  exempt: YELLOW,
  fired: YELLOW,
  'unit-tested only': YELLOW,
  silent: RED,
  unloaded: RED,
  alerts: GREEN,
  'blind spot': RED,
  'not seen': YELLOW,
}
const RULES = ['rule', 'state', 'detection', 'delivery', 'reset', 'speed', 'shown by']
const FAULTS = ['fault', 'target', 'state', 'drills', 'held', 'alerts that fired under it']

export function alertCoverageForConsole(coverage: AlertCoverage, { colour = false }: ConsoleOptions = {}): string {
  const { rules, faults, notes } = coverage
  const paint: Paint = colour ? { state: COLOUR } : {}
  return [
    ...aligned([RULES, ...rules.map(ruleCells)], paint),
    'Times are those of production: measured, times the speed. A fault was held up to the time that is shown.',
    '',
    ...(faults.length === 0 ? ['No fault was applied in these runs.'] : aligned([FAULTS, ...faults.map(faultCells)], paint)),
    '',
    ...notes,
    ...otherRoutes(rules),
    ...runsSaid(coverage),
  ].join('\n')
}

/** `9 rules: 4 proven, 5 unit-tested only; ...`: what all of it comes to. */
function runsSaid({ rules, faults, runs }: AlertCoverage): readonly string[] {
  const states = [...Map.groupBy(rules, ({ state }) => state)].map(([state, own]) => `${own.length} ${state}`)
  const blind = faults.filter(({ state }) => state === 'blind spot').length
  return [
    `${rules.length} rules: ${states.join(', ')}; ${faults.length} faults, ${blind} of them blind spots`,
    ...runsCounted(runs),
  ]
}

/** `2 of 6 runs count`, and why the others do not. */
export function runsCounted(runs: AlertCoverage['runs']): readonly string[] {
  return [
    `${runs.counted} of ${runs.found} runs count`,
    ...runs.leftOut.map((one) => `  left out: ${reason(one)}`),
    ...runs.inPart.map((one) => `  counted for other rules only: ${reason(one)}`),
  ]
}

const SHOWN = 3

function reason({ why, runs }: RunsWithReason): string {
  const more = runs.length - SHOWN
  return `${runs.length} ${flat(why)} (${runs.slice(-SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''})`
}

function ruleCells(rule: RuleCoverage): readonly string[] {
  const [proof] = rule.proofs
  return [rule.alert, rule.state, ...(proof === undefined ? ['', '', '', ''] : timeCells(proof)), shownBy(rule)]
}

function timeCells({ acceleration, detectionMs, deliveryMs, resetMs }: AlertProof): readonly string[] {
  return [...[detectionMs, deliveryMs, resetMs].map((ms) => humanDuration(ms * acceleration)), `${acceleration}x`]
}

function shownBy({ state, proofs: [proof, ...others], firedIn: [fired], exemption, loadedIn, unitTested }: RuleCoverage): string {
  if (proof !== undefined) return `${proof.drill} in ${proof.run}${others.length === 0 ? '' : `, and ${others.length} more`}`
  if (state === 'exempt') return `until ${exemption?.until}: ${exemption?.reason}`
  if (fired !== undefined) return `${fired.drill} in ${fired.run}${unitTested ? '' : '; not unit-tested'}`
  return loadedIn === 0 ? 'no run loaded it' : `silent in ${loadedIn} ${loadedIn === 1 ? 'run' : 'runs'}`
}

function faultCells({ kind, target, state, applied, heldMs, alerts }: FaultCoverage): readonly string[] {
  const fired = alerts.map(({ alert, drills }) => (drills === applied ? alert : `${alert} (${drills})`))
  return [kind, target, state, String(applied), humanDuration(heldMs), fired.join(', ')]
}

function otherRoutes(rules: readonly RuleCoverage[]): readonly string[] {
  const old = rules.filter(({ proofs: [proof] }) => proof?.sameRoutes === false)
  return old.length === 0 ? [] : [`delivered by other routes than those of today: ${old.map(({ alert }) => alert).join(', ')}`]
}
