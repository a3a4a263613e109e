// Text -> phases: a folder of files, TypeScript or YAML or JSON, with every mistake in them named by line and remedy.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { phaseSchema } from '../model/phase.ts'
import type { LoadedPhase } from '../model/phase.ts'
import { byLine, shownFile } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import { phaseProblems } from './check-phases.ts'
import type { AroundPhases, LocatedPhase } from './check-phases.ts'
import { DATA_ENDINGS, readData } from './read-data.ts'

export interface PhasesRead {
  /** Sorted by name; those that could be read. */
  readonly phases: readonly LoadedPhase[]
  readonly problems: readonly Problem[]
}

/** Reads every phase of a folder; what they speak of is checked where it is known. Never throws. */
export async function readPhases(directory: string, around?: AroundPhases): Promise<PhasesRead> {
  const reads = await Promise.all(phaseFiles(directory).map(readPhase))
  const located = reads.flatMap(({ phase }) => phase ?? [])
  const wrong = around === undefined ? [] : phaseProblems(located, around)
  const phases = located.map(({ phase }) => phase).toSorted((a, b) => a.name.localeCompare(b.name))
  return { phases, problems: byLine([...reads.flatMap(({ problems }) => problems), ...wrong]) }
}

async function readPhase(file: string): Promise<{ readonly phase?: LocatedPhase; readonly problems: readonly Problem[] }> {
  const { located, problems } = await readData(file, { noun: 'phase', type: 'Phase' })
  if (!located) return { problems }
  const read = readWith(phaseSchema, located)
  if (!read.value) return { problems: read.problems }
  const { $schema: _, ...said } = read.value
  return { phase: { phase: { ...said, file }, located }, problems: [] }
}

function phaseFiles(directory: string): readonly string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .toSorted()
    .filter((name) => DATA_ENDINGS.some((ending) => name.endsWith(ending)))
    .filter((name) => !name.endsWith('.test.ts') && !name.endsWith('.schema.json'))
    .map((name) => shownFile(join(directory, name)))
}
