// What nobody would have noticed: faults under which no alert fired, alerts that stayed silent, and rules that no drill of the run asks for.
import { alertsDuring } from '../../model/alerts-during.ts'
import { isWatched } from '../../model/drill-alerts.ts'
import { wordOf } from '../../model/fault.ts'
import { evidenceOf, faultWindow } from '../../model/record.ts'
import type { DrillRecord } from '../../model/record.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import type { Shown } from './shown.ts'

export interface BlindSpots {
  /** Faults that held, and under which no alert fired though alerts were watched. */
  readonly faults: readonly { readonly drill: string; readonly what: string }[]
  readonly held: number
  /** Faults of drills whose alerts were not seen, which say nothing. */
  readonly unseen: readonly { readonly drill: string; readonly what: string }[]
  /** Loaded, fired nowhere, and asked for by no drill. */
  readonly rules: readonly string[]
  readonly loaded: number
}

export function blindSpotsOf({ record }: Shown): BlindSpots {
  const hurt = record.drills.filter(({ faults }) => faults.some(({ appliedAt }) => appliedAt !== undefined))
  const watched = hurt.filter(isWatched)
  const loaded = new Set(record.drills.flatMap((drill) => evidenceOf(drill, 'rules').flatMap(({ evidence }) => evidence.value.alerts.map(({ alert }) => alert))))
  const known = new Set(record.drills.flatMap(namedIn))
  return {
    faults: watched.filter(isSilent).flatMap(faultsOf),
    held: watched.length,
    unseen: hurt.filter((drill) => !isWatched(drill)).flatMap(faultsOf),
    rules: [...loaded].filter((alert) => !known.has(alert)).sort(),
    loaded: loaded.size,
  }
}

/** The heartbeat always fires, and tells of no fault. */
function isSilent(record: DrillRecord): boolean {
  const window = faultWindow(record)
  const beating = new Set(record.criteria.flatMap((one) => (one.kind === 'heartbeat-arrives' ? [one.alert] : [])))
  const firing = window === undefined ? [] : (alertsDuring(record, window) ?? [])
  return firing.every(({ alert }) => beating.has(alert))
}

function faultsOf({ id, faults }: DrillRecord): readonly { readonly drill: string; readonly what: string }[] {
  const names = faults.flatMap(({ fault, target, appliedAt }) => (appliedAt === undefined ? [] : [`${wordOf(fault)} on ${target}`]))
  return [{ drill: id, what: names.join(' and ') }]
}

/** Asked for, or seen firing, in this drill. */
function namedIn(record: DrillRecord): readonly string[] {
  const asked = record.criteria.flatMap((one) => ('alert' in one ? [one.alert] : []))
  const fired = evidenceOf(record, 'alerts').flatMap(({ evidence }) => evidence.value.series.flatMap(({ alert, state }) => (state === 'firing' ? [alert] : [])))
  return [...asked, ...fired]
}

export function sayBlind({ faults, held, rules, loaded }: BlindSpots): string {
  if (held === 0) return 'Blind spots are not known: no fault was applied under watch'
  const silent = faults.length === 0 ? `no blind spot: some alert fired under ${held === 1 ? 'the one fault' : `each of ${held} faults`}` : `blind spots: ${faults.length} of ${held} faults under which no alert fired`
  return `${silent.charAt(0).toUpperCase()}${silent.slice(1)}; ${rules.length} of ${loaded} rules were neither asked for nor seen firing`
}

export function blindSpotsSection(shown: Shown): Markup {
  const spots = blindSpotsOf(shown)
  return html`<section id="blind" aria-labelledby="blind-title">
<h2 id="blind-title">Blind spots</h2>
<p><strong>${sayBlind(spots)}.</strong></p>
${list('No alert fired under', spots.faults, shown)}${list('Not seen, for alerts were not watched to the end', spots.unseen, shown)}${rulesList(spots.rules)}</section>
`
}

function list(title: string, all: BlindSpots['faults'], { anchors }: Shown): Markup {
  if (all.length === 0) return html``
  return html`<h3>${title}</h3>
<ul>${all.map(({ drill, what }) => html`<li>${what} <span class="note">in <a href="#${anchors.get(drill)}">${drill}</a></span></li>
`)}</ul>
`
}

function rulesList(rules: readonly string[]): Markup {
  if (rules.length === 0) return html``
  return html`<details><summary>Rules that this run neither asked for nor saw firing: ${rules.length}</summary>
<p>${rules.join(', ')}</p>
</details>
`
}
