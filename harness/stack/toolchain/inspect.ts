// What `harness doctor` shows of the tools: where each binary comes from, and what to do where that is nowhere.
import { messageOf } from '../../errors.ts'
import { systemClock } from '../../time/clock.ts'
import type { EnsureOptions } from './ensure.ts'
import { askVersion, findTool, type Found, type Passed, type Search } from './find.ts'
import { elsewhere, type Surroundings } from './job.ts'
import { type Binary, readTools, selectTools, type Tool, variableOf } from './tool.ts'

export interface ToolStatus {
  readonly tool: string
  readonly binary: string
  readonly source: Found['source'] | 'missing'
  readonly path?: string | undefined
  readonly version?: string | undefined
  /** The version that is made when there is none. */
  readonly wanted: string
  /** The oldest that is taken from PATH. */
  readonly minimum: string
  /** What to do, and what was passed over; empty when all is well. */
  readonly remedy: string
}

export type InspectOptions = Pick<EnsureOptions, 'root' | 'env' | 'signal' | 'clock'> & {
  /** Tools or binaries; all when absent. */
  readonly names?: readonly string[]
}

/** One status for each binary, in the order of the table. */
export async function inspectTools(options: InspectOptions): Promise<readonly ToolStatus[]> {
  const at: Surroundings = { clock: systemClock, ...options }
  const all = await readTools(at.root)
  const tools = options.names === undefined ? all : selectTools(all, options.names)
  return (await Promise.all(tools.map((tool) => inspectTool(tool, at)))).flat()
}

async function inspectTool(tool: Tool, at: Surroundings): Promise<ToolStatus[]> {
  const search = await searchFor(tool, at)
  if (typeof search === 'string') {
    return Object.keys(tool.binaries).map((binary) => ({ ...basics(tool, binary), source: 'missing', remedy: search }))
  }
  const entries = Object.entries(tool.binaries)
  return Promise.all(entries.map(([name, binary]) => statusOf({ tool, name, binary }, search, at)))
}

/** The search, or why it could not be made: a wrong HARNESS_ variable is a finding of the doctor and not its end. */
async function searchFor(tool: Tool, at: Surroundings): Promise<Search | string> {
  try {
    return await findTool(tool, at)
  } catch (thrown) {
    if (at.signal?.aborted) throw thrown
    return messageOf(thrown)
  }
}

async function statusOf(
  { tool, name, binary }: { tool: Tool; name: string; binary: Binary },
  search: Search,
  at: Surroundings,
): Promise<ToolStatus> {
  const found = search.found.get(name)
  if (found === undefined) {
    return { ...basics(tool, name), source: 'missing', remedy: missingRemedy(tool, search.passed) }
  }
  if (found.source !== 'explicit') return { ...basics(tool, name), ...found, remedy: '' }
  const version = await askVersion(found.path, binary, at)
  const remedy = version === undefined ? `${found.path} does not say its version; check ${variableOf(name)}` : ''
  return { ...basics(tool, name), ...found, version, remedy }
}

function basics(tool: Tool, binary: string): Pick<ToolStatus, 'tool' | 'binary' | 'wanted' | 'minimum'> {
  return { tool: tool.name, binary, wanted: tool.version, minimum: tool.minimum }
}

const WAYS: Record<Tool['recipe']['kind'], string> = {
  go: 'built with Go',
  debian: 'unpacked from Debian packages',
  npm: 'copied from node_modules',
}

function missingRemedy(tool: Tool, passed: readonly Passed[]): string {
  const own = `will be ${WAYS[tool.recipe.kind]} when first needed, about ${tool.usualSeconds} s; or ${elsewhere(tool)}`
  const reasons = passed.map(({ path, version }) => `not ${path}: ${version ?? 'no version'} < ${tool.minimum}`)
  return [own, ...reasons].join('; ')
}
