// What nobody would have noticed: faults under which no alert fired, alerts that stayed silent, and rules that no drill of the run asks for.
import { alertsBegun } from '../../model/alerts-during.ts'
import { isWatched } from '../../model/drill-alerts.ts'
import { wordOf } from '../../model/fault.ts'
import { evidenceOf, faultWindow } from '../../model/record.ts'
import type { DrillRecord } from '../../model/record.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import type { Shown } from './shown.ts'

export interface BlindSpots {
  /** Faults that held, and under which no alert began to fire though alerts were watched. */
  readonly faults: readonly { readonly drill: string; readonly what: string }[]
  readonly held: number
  /** Faults of drills whose alerts were not seen, which say nothing. */
  readonly unseen: readonly { readonly drill: string; readonly what: string }[]
  /** Loaded, fired nowhere, and asked for by no drill. */
  readonly rules: readonly string[]
  readonly loaded: number
  /** Edges whose calls traces have to show, and which no fault of the run touched. */
  readonly unhurt: readonly string[]
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
    unhurt: unhurtEdges(record.drills),
  }
}

/** Known only where traces were held against the edges of the stack. */
function unhurtEdges(drills: readonly DrillRecord[]): readonly string[] {
  const expected = drills.flatMap((drill) => evidenceOf(drill, 'traced-edges').flatMap(({ evidence }) => evidence.value.expected))
  const hurt = new Set(drills.flatMap(({ faults }) => faults.flatMap(({ target, appliedAt }) => (appliedAt === undefined ? [] : [target]))))
  return [...new Set(expected)].filter((edge) => !hurt.has(edge)).sort()
}

/** What was firing before, such as the heartbeat, tells of no fault. */
function isSilent(record: DrillRecord): boolean {
  const window = faultWindow(record)
  return window === undefined || alertsBegun(record, window).length === 0
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
${list('No alert fired under', spots.faults, shown)}${list('Not seen, for alerts were not watched to the end', spots.unseen, shown)}${names('Edges that no fault of this run touched, so that nobody knows', spots.unhurt)}${names('Rules that this run neither asked for nor saw firing', spots.rules)}</section>
`
}

function list(title: string, all: BlindSpots['faults'], { anchors }: Shown): Markup {
  if (all.length === 0) return html``
  return html`<h3>${title}</h3>
<ul>${all.map(({ drill, what }) => html`<li>${what} <span class="note">in <a href="#${anchors.get(drill)}">${drill}</a></span></li>
`)}</ul>
`
}

function names(title: string, all: readonly string[]): Markup {
  if (all.length === 0) return html``
  return html`<details><summary>${title}: ${all.length}</summary>
<p>${all.join(', ')}</p>
</details>
`
}
