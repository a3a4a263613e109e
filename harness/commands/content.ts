// Reads everything a command works on, or says everything that is wrong with it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readContent } from '../drill/read-content.ts'
import type { Content } from '../drill/read-content.ts'
import { EXIT } from '../errors.ts'
import { formatProblem } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { readStack } from '../stack/compose-file.ts'
import type { CommandWorld } from './command-world.ts'

export interface ReadFiles {
  readonly content?: Content
  readonly problems: readonly Problem[]
}

export function readFiles(files: readonly string[]): Promise<ReadFiles> {
  return readContent(readStack(files))
}

/** The content, or undefined after all its problems were shown and exit code 2 was set: nothing has been started then. */
export async function contentOrExit(world: CommandWorld, files: readonly string[]): Promise<Content | undefined> {
  const { content, problems } = await readFiles(files)
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
export function digestsOf({ drills, texts }: Content, files: readonly string[]): Readonly<Record<string, string>> {
  const read = [...files, ...drills.map(({ file }) => file), ...texts.rules.map(({ file }) => file), texts.alertmanager.file, texts.prometheus.file]
  return Object.fromEntries(read.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]))
}
