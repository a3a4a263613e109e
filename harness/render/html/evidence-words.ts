// What one line of the journal holds, in a few words: so that a reader of the page need not open the journal.
import type { Entry } from '../../model/entry.ts'
import type { Evidence, EvidenceOf, ProbeKind } from '../../model/evidence.ts'
import type { GateLook } from '../../model/gate-evidence.ts'
import { qualityOf } from '../../model/load-quality.ts'
import { lineFor } from '../line-for.ts'
import { amountOf } from './amount.ts'
import { numeral } from './curve.ts'

type Words = { readonly [K in ProbeKind]: (value: EvidenceOf<K>['value']) => string }

const WORDS: Words = {
  rules: ({ alerts, receivers }) => `${amountOf(alerts.length, 'alerting rule')} and ${amountOf(receivers.length, 'receiver')} as they were loaded`,
  clock: ({ source, offsetMs }) => `the clock of ${source} is ${Math.abs(offsetMs)} ms ${offsetMs < 0 ? 'behind' : 'ahead'}`,
  targets: (all) => `${all.filter(({ health }) => health === 'up').length} of ${amountOf(all.length, 'target')} up`,
  'active-alerts': (all) => `${amountOf(all.length, 'alert')} active: ${few(all.map(({ alert, state }) => `${alert} ${state}`))}`,
  alerts: ({ series }) => `history of alerts: ${few([...new Set(series.filter(({ state }) => state === 'firing').map(({ alert }) => alert))])} fired`,
  'rule-signal': ({ alert, left, comparator, threshold }) => `the value behind ${alert}: ${left} ${comparator === '' ? '' : `${comparator} ${numeral(threshold)}`}`,
  notifications: ({ taken, errors, integrations }) => `Alertmanager took ${amountOf(taken, 'alert')} (${amountOf(errors, 'error')}) and sent ${integrations.map(({ integration, requests, failed }) => `${requests} by ${integration}, ${failed} failed`).join('; ')}`,
  'rule-links': ({ alert, links }) => `what ${alert} hangs on: ${links.filter(({ present }) => present).length} of ${amountOf(links.length, 'part')} had a result`,
  routing: (all) => `Alertmanager routes ${amountOf(all.length, 'alert')}: ${few([...new Set(all.map(({ alert, receivers }) => `${alert} to ${receivers.join(', ')}`))])}`,
  delivery: ({ receiver, notifications }) => `delivered to ${receiver}: ${few(notifications.map(({ alert, status }) => `${alert} ${status}`))}`,
  load: ({ scenario, buckets }) => loadWords(scenario, buckets),
  'traced-edges': ({ expected, seen }) => `traces show ${amountOf(seen.length, 'edge')}, ${expected.length} expected`,
  traces: ({ asked, notFound, traces }) => `${traces.length} of ${amountOf(asked, 'trace')} found, ${notFound.length} not, ${traces.filter(({ complete }) => complete).length} complete`,
  value: ({ query, phase, series }) => `\`${query}\` in the ${phase} phase: ${series.length} series`,
  store: ({ store, tally }) => `${store} read: ${tally.map(({ outcome, rows, keys }) => `${amountOf(keys, `${outcome} key`)} with ${rows === 1 ? '1 row' : `${rows} rows`}`).join(', ')}`,
  invariant: ({ invariant, when, looks, last }) => `${invariant}, ${when} the load, looked at ${amountOf(looks, 'time')}: ${last === undefined ? 'no look succeeded' : `${amountOf(last.violations, 'violation')} at last`}`,
}

const FEW = 4

function few(all: readonly string[]): string {
  return all.length === 0 ? 'none' : `${all.slice(0, FEW).join(', ')}${all.length > FEW ? ` and ${all.length - FEW} more` : ''}`
}

function loadWords(scenario: string, buckets: EvidenceOf<'load'>['value']['buckets']): string {
  const ended = buckets.reduce((sum, { good, bad, unknown }) => sum + good + bad + unknown, 0)
  const quality = qualityOf(buckets)
  return `load of ${scenario}: ${amountOf(ended, 'operation')}${quality === undefined ? '' : `, ${(quality.good * 100).toFixed(1)} % good, p95 ${Math.round(quality.p95)} ms`}`
}

export function wordsFor(entry: Entry): string {
  if (entry.type === 'gate-look') return lookWords(entry.look)
  return lineFor(entry) ?? (entry.type === 'evidence' ? evidenceWords(entry.evidence) : entry.type)
}

/** As it was seen, without the signs of the journal. */
function lookWords({ kind, covered, missing, value }: GateLook): string {
  return `${kind}${covered ? '' : ` not fully seen${missing === undefined ? '' : `, ${missing}`}`}: ${plain(value)}`
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join('; ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value).map(([name, one]) => `${name} ${typeof one === 'object' && one !== null ? `(${plain(one)})` : String(one)}`).join(', ')
}

function evidenceWords(evidence: Evidence): string {
  const say = WORDS[evidence.probe] as ((value: unknown) => string) | undefined
  return say === undefined ? evidence.probe : say(evidence.value)
}
