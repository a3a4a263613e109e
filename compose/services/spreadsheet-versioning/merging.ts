// Brings a draft into the line of its spreadsheet: at once where nothing is in conflict, else when all is settled.
import type { Query } from '../kit/database.ts'
import { conflictsOf, keepConflicts, resolveConflict, settledBy } from './conflict.ts'
import type { Conflict, Resolution, Trio } from './conflict.ts'
import { SEPARATORS, writeGrid, type Grid } from './grid.ts'
import { leaveLine, nextNumber, takeLine, type Line } from './line.ts'
import { merge, type Merged, type Settle } from './merge.ts'
import { refuse } from './refusals.ts'
import { hashOf, type Version } from './version.ts'
import { gridById, insertVersion, versionById, type WithGrid } from './version-store.ts'
import type { VersioningWorld } from './world.ts'

/** How cells that both sides changed are decided; the first two leave it to whoever settles the conflicts. */
export const MERGE_STRATEGIES = ['AutoMerge', 'ManualReview', 'SourceWins', 'TargetWins'] as const

/** What is to be merged into what. */
export interface MergeWish {
  readonly source: string
  readonly target: string
  readonly strategy: (typeof MERGE_STRATEGIES)[number]
  readonly resolutions: readonly Resolution[]
  readonly by: string
}

/** The merged version, or none while there is something to settle. */
export interface MergeResult {
  readonly version: Version | undefined
  readonly conflicts: readonly Conflict[]
  readonly merged: Merged
}

/** Merges in one transaction; conflicts that come to light are kept also where there is no merge. */
export function mergeVersions(world: VersioningWorld, wish: MergeWish): Promise<MergeResult> {
  return world.database.transaction(async (query) => {
    const { spreadsheet_id } = await versionById(query, wish.target)
    const line = await takeLine(query, spreadsheet_id)
    if (line.head_version_id !== wish.target) {
      throw refuse('merge_conflict', `Merge conflict: ${wish.target} is not the newest version`)
    }
    for (const resolution of wish.resolutions) await resolveConflict(query, resolution)
    const trio = await trioOf(query, { a: wish.source, b: wish.target })
    const known = await conflictsOf(query, trio)
    const merged = merge(gridsOf(trio), settleBy(wish, known))
    if (merged.open.length === 0) {
      return { version: await goOn(world, query, { line, trio, merged, wish }), conflicts: known, merged }
    }
    await keepConflicts(query, trio, merged.open)
    return { version: undefined, conflicts: await conflictsOf(query, trio), merged }
  })
}

function settleBy({ strategy }: MergeWish, known: readonly Conflict[]): Settle {
  if (strategy === 'SourceWins') return ({ a }) => a
  return strategy === 'TargetWins' ? ({ b }) => b : settledBy(known)
}

/** The cells of a trio. */
export function gridsOf({ base, a, b }: Trio): Readonly<Record<'base' | 'a' | 'b', Grid>> {
  return { base: base.grid, a: a.grid, b: b.grid }
}

/** The nearest version that both stand on; a version stands on itself. */
const ANCESTOR = `with recursive of_a as (
  select id, parent_version_id from spreadsheet_versioning.versions where id = $1
  union select v.id, v.parent_version_id
  from spreadsheet_versioning.versions v join of_a on v.id = of_a.parent_version_id
), of_b as (
  select id, parent_version_id, 0 as distance from spreadsheet_versioning.versions where id = $2
  union select v.id, v.parent_version_id, distance + 1
  from spreadsheet_versioning.versions v join of_b on v.id = of_b.parent_version_id
)
select of_b.id from of_b join of_a using (id) order by distance limit 1`

async function trioOf(query: Query, { a, b }: { readonly a: string; readonly b: string }): Promise<Trio> {
  const [source, target] = [await gridById(query, a), await gridById(query, b)]
  if (source.spreadsheet_id !== target.spreadsheet_id) {
    throw refuse('validation_error', 'Only versions of one spreadsheet can be merged')
  }
  const [ancestor] = await query<{ id: string }>(ANCESTOR, [a, b])
  if (ancestor === undefined) throw refuse('validation_error', 'The versions have nothing in common')
  if (ancestor.id === a) throw refuse('validation_error', 'The source is part of the target already')
  return { base: await anyGrid(query, ancestor.id), a: source, b: target }
}

/** What others stand on is their base even after it was deleted. */
async function anyGrid(query: Query, id: string): Promise<WithGrid> {
  const [row] = await query<WithGrid>('select * from spreadsheet_versioning.versions where id = $1', [id])
  if (row === undefined) throw new Error('a base is missing')
  return row
}

interface Merging {
  readonly line: Line
  readonly trio: Trio
  readonly merged: Merged
  readonly wish: MergeWish
}

/** Stores the merged version as the newest, and puts the draft it came from into the archive. */
async function goOn(world: VersioningWorld, query: Query, { line, trio, merged, wish }: Merging): Promise<Version> {
  const { a, b } = trio
  const number = nextNumber(line, world.settings.maxVersions)
  const bytes = Buffer.from(writeGrid(merged.grid, SEPARATORS[b.file_type] ?? ','))
  const version = await insertVersion(query, {
    ...b,
    version_tag: null,
    is_branch: false,
    parent_version_id: b.id,
    file_size: bytes.byteLength,
    file_hash: hashOf(bytes),
    changes_summary: `Merged version ${a.version_number} into version ${b.version_number}`,
    metadata: { merged_from: a.id },
    grid: merged.grid,
    change_count: merged.applied,
    number,
    spreadsheet: line.id,
    by: wish.by,
  })
  const archive = `update spreadsheet_versioning.versions set status = 'Archived', updated_at = now()
    where id = $1 and is_branch`
  await query(archive, [a.id])
  await leaveLine(query, { ...line, last_number: number, head_version_id: version.id })
  const payload = { spreadsheet_id: line.id, version_id: version.id, source_version_id: a.id, target_version_id: b.id }
  await world.outbox.add(query, { type: 'spreadsheet.versions_merged', payload, subject: line.id })
  return version
}
