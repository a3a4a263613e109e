// Quality of alert rules as tables for a terminal: how often each did right, then how fast it was. Pure.
import { humanDuration } from '../model/duration.ts'
import type { AlertQuality, RuleQuality, TimeQuality } from '../model/rule-quality.ts'
import { ALERT_TIMES } from '../model/run-history.ts'
import type { AlertTime } from '../model/run-history.ts'
import { runsCounted } from './alert-coverage.ts'
import { aligned } from './aligned.ts'
import type { Paint } from './aligned.ts'
import type { ConsoleOptions } from './console.ts'

const RULES = ['rule', 'fired of asked', 'recall', 'false alarms', 'precision', 'flapped', 'fired of quiet windows']
const TIMES = ['rule', 'time', 'samples', 'median', 'p95', 'highest', 'allowed', 'least left']
const [RED, YELLOW] = ['31', '33']

export function ruleQualityForConsole(quality: AlertQuality, { colour = false }: ConsoleOptions = {}): string {
  const { rules } = quality
  const rows = rules.map(ruleCells)
  const times = rules.flatMap((rule) => Object.keys(ALERT_TIMES).flatMap((time) => timeRow(rule, time as AlertTime)))
  return [
    ...aligned([RULES, ...rows], colour ? paintOf(rows) : {}),
    '',
    ...(times.length === 0 ? ['No time was measured in these runs.'] : aligned([TIMES, ...times])),
    `Times are those of production: measured, times the speed${speeds(quality)}. Allowed is derived from the configuration; least left is of one sample.`,
    '',
    ...falseAlarms(rules),
    quietSaid(quality),
    ...runsCounted(quality.runs),
  ].join('\n')
}

function ruleCells({ alert, asked, fired, recall, falseAlarms: alarms, precision, flapped, quiet }: RuleQuality): readonly string[] {
  return [alert, `${fired} of ${asked}`, percent(recall), String(alarms.length), percent(precision), String(flapped), `${quiet.fired} of ${quiet.watched}`]
}

function timeRow({ alert, ...rule }: RuleQuality, time: AlertTime): readonly (readonly string[])[] {
  const own = rule[time]
  if (own === undefined) return []
  const { samples, medianMs, high, highMs, leastLeft } = own
  const shown = humanDuration(highMs)
  return [[alert, ALERT_TIMES[time], String(samples), humanDuration(medianMs), high === 'p95' ? shown : '', high === 'highest' ? shown : '', allowed(own), percent(leastLeft)]]
}

function allowed({ allowed: span }: TimeQuality): string {
  if (span === undefined) return ''
  const [least, most] = [humanDuration(span.leastMs), humanDuration(span.mostMs)]
  return least === most ? least : `${least} to ${most}`
}

/** Rounded down: 100 % is said only of all. */
function percent(share: number | undefined): string {
  return share === undefined ? '' : `${Math.floor(share * 100)} %`
}

const ODD = { recall: 2, 'false alarms': 3, precision: 4, flapped: 5 }
const FINE = new Set(['', '0', '100 %'])

/** Whatever is not as it should be. */
function paintOf(rows: readonly (readonly string[])[]): Paint {
  const odd = Object.entries(ODD).map(([title, column]) => [title, colours(rows.map((row) => row[column] ?? '').filter((text) => !FINE.has(text)), RED)] as const)
  const loud = rows.map((row) => row.at(-1) ?? '').filter((text) => !text.startsWith('0 '))
  return { ...Object.fromEntries(odd), 'fired of quiet windows': colours(loud, YELLOW) }
}

function colours(texts: readonly string[], colour: string): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text) => [text, colour]))
}

function speeds({ accelerations }: AlertQuality): string {
  return accelerations.length === 0 ? '' : ` (${accelerations.map((one) => `${one}x`).join(', ')})`
}

const SHOWN = 3

function falseAlarms(rules: readonly RuleQuality[]): readonly string[] {
  return rules.flatMap(({ alert, falseAlarms: all }) => {
    const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''
    return all.length === 0 ? [] : [`false alarms of ${alert}: ${all.slice(0, SHOWN).map(({ run, drill }) => `${drill} in ${run}`).join(', ')}${more}`]
  })
}

function quietSaid({ quiet: { watched, fired, ms } }: AlertQuality): string {
  if (watched === 0) return 'no quiet window was fully watched in a run that counts for every rule'
  return `${watched} quiet ${watched === 1 ? 'window' : 'windows'} fully watched, ${humanDuration(ms)} of production in all; something fired in ${fired}`
}
