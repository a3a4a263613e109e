// One tool being made: what a recipe is given, and how the programs it calls fail with a message that says what to do.
import type { Clock } from '../../time/clock.ts'
import { HarnessError, messageOf } from '../../errors.ts'
import { commandLine, lastLines, type Output, run } from './command.ts'
import { type Tool, variableOf } from './tool.ts'

export interface Surroundings {
  /** The repository. */
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** Only what the toolchain made itself counts, whatever else the machine or the operator offers. */
  readonly pinned?: boolean | undefined
}

export interface Job extends Surroundings {
  readonly tool: Tool
  /** Empty directory; what the recipe leaves there becomes the cached tool. Binaries go to its bin/. */
  readonly target: string
  readonly onLine: (line: string) => void
}

export interface Step {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** What to do when the program itself is not there, such as "install Go >= 1.25". */
  readonly without: string
}

/** Runs one program of a recipe. Throws TOOL_MISSING when it is not installed, TOOL_BUILD_FAILED when it fails. */
export async function perform(job: Job, step: Step): Promise<Output> {
  const output = await attempt(job, step)
  if (output.code === 0) return output
  const what = `${commandLine(step)} ended with ${output.code ?? 'a signal'}`
  throw failed(job.tool, { what, output: output.text, remedy: step.without })
}

/** As `perform`, but a failing program is an answer and no error. */
export async function attempt(job: Job, step: Step): Promise<Output> {
  const { clock, signal, onLine, tool } = job
  const within = Math.max(600_000, tool.usualSeconds * 20_000)
  try {
    return await run({ ...step, env: { ...job.env, ...step.env } }, { clock, within, signal, onLine })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') throw missing(tool, step, thrown)
    throw failed(tool, { what: `${commandLine(step)}: ${messageOf(thrown)}`, remedy: step.without })
  }
}

export interface Failure {
  readonly what: string
  readonly output?: string
  /** What the operator can do, as the beginning of a sentence. */
  readonly remedy: string
}

/** TOOL_BUILD_FAILED with the last lines of the output. */
export function failed(tool: Tool, { what, output = '', remedy }: Failure): HarnessError {
  const lines = lastLines(output)
  const message = `cannot make ${tool.name} ${tool.version}: ${what}${lines && `\n${lines}`}`
  return new HarnessError('TOOL_BUILD_FAILED', message, { hint: `${remedy}, or ${elsewhere(tool)}` })
}

function missing(tool: Tool, step: Step, cause: unknown): HarnessError {
  const name = `${tool.name} ${tool.version}`
  const message = `${name} is neither on PATH nor in the cache, and ${step.file} is not installed to make it`
  return new HarnessError('TOOL_MISSING', message, { hint: `${step.without}, or ${elsewhere(tool)}`, cause })
}

/** How an operator who has the tool elsewhere says so. */
export function elsewhere(tool: Tool): string {
  const variables = Object.keys(tool.binaries).map((binary) => `${variableOf(binary)}=/path/to/${binary}`)
  return `set ${variables.join(' and ')}`
}
