// Reads everything a command works on, or says everything that is wrong with it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Content } from '../drill/read-content.ts'
import { selectDrills } from '../drill/select.ts'
import { EXIT, HarnessError } from '../errors.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { formatProblem } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { readFiles } from '../run/read-files.ts'
import type { CommandWorld, Selecting } from './command-world.ts'

export interface Selected {
  readonly content: Content
  readonly drills: readonly LoadedDrill[]
}

/** The drills that a command line names: by name, by path, by tag; all when it names none. As contentOrExit otherwise. */
export async function selectedOrExit(world: CommandWorld, { names = [], tag, file }: Selecting): Promise<Selected | undefined> {
  const paths = names.filter(isPath)
  const content = await contentOrExit(world, file, paths)
  if (content === undefined) return undefined
  const wanted = names.map((name) => (isPath(name) ? basename(name).replace(ENDING, '') : name))
  const { drills, unknown } = selectDrills(content.drills, { names: wanted, tags: tag })
  if (unknown.length > 0) throw new HarnessError('USAGE', unknown.join('; '), { hint: 'harness plan lists all drills' })
  return { content, drills }
}

const ENDING = /\.(ts|ya?ml|json)$/

function isPath(name: string): boolean {
  return name.includes('/') || ENDING.test(name)
}

/** The content, or undefined after all its problems were shown and exit code 2 was set: nothing has been started then. */
export async function contentOrExit(world: CommandWorld, files: readonly string[], extra: readonly string[] = []): Promise<Content | undefined> {
  const { content, problems } = await readFiles(files, extra)
  if (content !== undefined) return content
  showProblems(world, problems)
  world.exit(EXIT.usage)
  return undefined
}

export function showProblems(world: CommandWorld, problems: readonly Problem[]): void {
  for (const problem of problems) world.tell(formatProblem(problem))
  world.tell(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; nothing was started`)
}

/** sha256 of every file a run is made of, so that a report says what exactly was judged. */
export function digestsOf({ drills, phases, texts }: Content, files: readonly string[]): Readonly<Record<string, string>> {
  const read = [...files, ...drills.map(({ file }) => file), ...phases.map(({ file }) => file), ...texts.rules.map(({ file }) => file), texts.alertmanager.file, texts.prometheus.file]
  return Object.fromEntries(read.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]))
}
