// Journey: two people work on one spreadsheet, and what both changed is found, decided and merged.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 19 operations on a
// spreadsheet of its own. Two versions are brought onto the first at the same time, and exactly one of them is taken;
// the other becomes a draft. Both changed one cell: the conflict is found, a merge is refused, two people decide it at
// the same time, exactly one decision holds, and the merge has its value. The journey ends early when the first version
// or the draft is not taken, or when nobody knows who has won. Who works, and when somebody logs in, is said in
// lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import type { Outcome } from './lib/operation.ts'
import { readSettings } from './lib/settings.ts'
import { demand, demandTogether, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'
import * as ask from './lib/spreadsheet-requests.ts'
import type { Fork } from './lib/spreadsheet-requests.ts'
import { newUuid } from './lib/uuid.ts'

/** Both writers change the volume of the first sample. */
const FIRST = 'id,volume\na,1\nb,2\n'
const OURS = { name: 'ours', file: 'id,volume\na,7\nb,2\n' }
const THEIRS = { name: 'theirs', file: 'id,volume\na,8\nb,9\n' }
const STRATEGIES = ['version_a', 'version_b'] as const

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  return prepareTechnicians(settings)
}

export default function (prepared: readonly Session[]): Promise<void> {
  return runShifts(settings, prepared, journey)
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

async function journey({ desk, key }: Task): Promise<void> {
  const sheet = newUuid()
  const base = idIn(await demand(ask.begin(desk, { sheet, tag: `${key}-first`, file: FIRST })))
  await operation(ask.byId(desk, base, { version_number: 1, change_count: 6 }))
  await operation(ask.cells(desk, base, { '0.1': 'volume', '1.1': '1', '2.1': '2' }))
  const fork = await goApart(desk, { key, sheet, base })
  await operation(ask.bringAgain(desk, { sheet, tag: `${key}-again`, file: FIRST, parent: fork.target }))
  const change = { 'diffs.0.old_value': '1', 'diffs.0.column_name': 'volume' }
  await operation(ask.compare(desk, { from: base, to: fork.target }, change))
  const merged = await comeTogether(desk, fork)
  const newest = { 'versions.0.id': merged, 'versions.0.parent_version_id': fork.target }
  await operation(ask.list(desk, sheet, { total_count: 4, 'versions.0.version_number': 4, ...newest }))
}

interface Beginning {
  readonly key: string
  readonly sheet: string
  readonly base: string
}

/** Two versions on one parent: the one that is taken is the target, the other becomes a draft. */
async function goApart(desk: Desk, { key, sheet, base }: Beginning): Promise<Fork> {
  const draftOf = ({ name, file }: typeof OURS) => ({ sheet, tag: `${key}-${name}`, file, parent: base })
  const drafts = [draftOf(OURS), draftOf(THEIRS)] as const
  const won = await demandTogether(drafts.map((draft) => ask.goOn(desk, draft)))
  const target = idIn(won)
  // With two winners or none the line does not look like this.
  await demand(ask.list(desk, sheet, { total_count: 2, 'versions.0.id': target, 'versions.1.id': base }))
  const loser = drafts.find(({ tag }) => tag !== textAt(won?.body, 'version_tag')) ?? drafts[0]
  await operation(ask.goOnLate(desk, { ...loser, tag: `${key}-late` }))
  const source = idIn(await demand(ask.setAside(desk, { ...loser, tag: `${key}-draft` })))
  return { base, source, target }
}

/** Two decisions on the conflict of a fork: the one that holds is what the merged version has. The id of that. */
async function comeTogether(desk: Desk, fork: Fork): Promise<string> {
  await operation(ask.mergeEarly(desk, fork))
  const values = { '0.base_value': '1', '0.row_index': 1, '0.column_name': 'volume' }
  const conflict = textAt((await demand(ask.findConflicts(desk, fork, values))).body, '0.id')
  await operation(ask.openConflicts(desk))
  const decided = await demandTogether(STRATEGIES.map((strategy) => ask.resolve(desk, conflict, strategy)))
  const value = textAt(decided?.body, 'resolved_value')
  await demand(ask.conflictById(desk, conflict, { status: 'Resolved', resolved_value: value }))
  const { body } = await demand(ask.merge(desk, fork))
  const merged = textAt(body, 'merged_version_id')
  await operation(ask.cells(desk, merged, { '1.1': value }))
  return merged
}

function idIn(outcome: Outcome | undefined): string {
  return textAt(outcome?.body, 'id')
}
