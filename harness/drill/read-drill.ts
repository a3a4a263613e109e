// Text -> Drill: one file, TypeScript or YAML or JSON, with every mistake in it named by line and remedy.
import { basename, extname } from 'node:path'
import { drillSchema } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import type { Located } from '../model/located.ts'
import { byLine } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import { DATA_ENDINGS, readData } from './read-data.ts'

/** The endings a drill may have. */
export const DRILL_ENDINGS = DATA_ENDINGS

export interface DrillRead {
  /** There only when the file has no problem. */
  readonly drill?: LoadedDrill
  /** Lines of the file, for problems that show only beside other files. */
  readonly located?: Located
  readonly problems: readonly Problem[]
}

/** Reads one drill; its name is the base name of its file. Never throws. */
export async function readDrill(file: string): Promise<DrillRead> {
  const { located, problems } = await readData(file, { noun: 'drill', type: 'Drill' })
  return located ? fromLocated(file, located) : { problems }
}

function fromLocated(file: string, located: Located): DrillRead {
  const { value, problems } = readWith(drillSchema, located)
  if (!value) return { problems: byLine(problems) }
  const { $schema: _, ...said } = value
  return { drill: { ...said, name: basename(file, extname(file)), file }, located, problems: [] }
}
