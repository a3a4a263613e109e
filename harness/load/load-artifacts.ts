// The files one load leaves behind, and what they say about its end.
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../errors.ts'
import type { Exit } from '../model/k6.ts'
import { meaningOf } from './k6-exit.ts'

export interface LoadArtifacts {
  readonly script: string
  readonly history: string
  readonly summary: string
  readonly dashboard: string
  readonly stdout: string
  readonly stderr: string
}

export interface LoadEnd extends Exit {
  /** Why k6 ended, as a clause. */
  readonly meaning: string
  /** What k6 said last on stderr. */
  readonly lastLines: readonly string[]
  readonly history: string
  /** Undefined when k6 did not write it. */
  readonly summary: string | undefined
  /** Undefined when the run was too short for one: under half a minute or so. */
  readonly dashboard: string | undefined
}

/** Where they are, in a directory that holds one load. */
export function artifactsIn(directory: string): LoadArtifacts {
  return {
    script: join(directory, 'k6-scenario.js'),
    history: join(directory, 'history.jsonl'),
    summary: join(directory, 'k6-summary.json'),
    dashboard: join(directory, 'k6-dashboard.html'),
    stdout: join(directory, 'k6.stdout.log'),
    stderr: join(directory, 'k6.stderr.log'),
  }
}

/** Takes the directory for one load: k6 would append to the history of another. LOAD_NOT_STARTED when one is there. */
export async function claimHistory({ history }: LoadArtifacts): Promise<void> {
  try {
    await (await open(history, 'wx')).close()
  } catch (cause) {
    throw new HarnessError('LOAD_NOT_STARTED', 'every load needs a directory of its own', { cause })
  }
}

/** How an ended load ended, with what it left. */
export async function describeEnd(exit: Exit, artifacts: LoadArtifacts): Promise<LoadEnd> {
  const { history, summary, dashboard, stderr } = artifacts
  const said = (await readFile(stderr, 'utf8')).trimEnd()
  return {
    ...exit,
    meaning: meaningOf(exit),
    lastLines: said === '' ? [] : said.split('\n').slice(-10),
    history,
    summary: await written(summary),
    dashboard: await written(dashboard),
  }
}

async function written(file: string): Promise<string | undefined> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  return size > 0 ? file : undefined
}
