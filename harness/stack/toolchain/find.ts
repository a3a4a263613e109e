// Where a tool already is, in order of precedence: named by the operator, on PATH and new enough, in the cache.
import { delimiter, isAbsolute, join } from 'node:path'
import { HarnessError, messageOf } from '../../errors.ts'
import { placeOf, readCached } from './cache.ts'
import { run } from './command.ts'
import { executableSize } from './executable.ts'
import type { Surroundings } from './job.ts'
import { type Binary, type Tool, variableOf } from './tool.ts'
import { isAtLeast, parseVersion } from './version.ts'

export interface Found {
  readonly source: 'explicit' | 'path' | 'cache'
  readonly path: string
  /** Absent for an explicit path: its version is the operator's business, and asking would cost time. */
  readonly version?: string | undefined
}

export interface Passed {
  readonly path: string
  /** Absent when the program did not say. */
  readonly version: string | undefined
}

interface PathSearch {
  readonly found?: Found
  readonly passed: readonly Passed[]
}

export interface Search {
  /** By binary name; complete when every binary of the tool is in it. */
  readonly found: ReadonlyMap<string, Found>
  /** Programs on PATH that were passed over, too old or not what their name says. */
  readonly passed: readonly Passed[]
  /** The directory in the cache where the tool is, or will be. */
  readonly place: string
}

/** What is there of `tool`. Throws TOOL_MISSING when the operator names a path that is no executable file. */
export async function findTool(tool: Tool, at: Surroundings): Promise<Search> {
  const found = new Map<string, Found>()
  for (const name of at.pinned ? [] : Object.keys(tool.binaries)) {
    const path = await findExplicit(name, at.env)
    if (path !== undefined) found.set(name, { source: 'explicit', path })
  }
  const place = await placeOf(tool, at)
  const wanted = Object.keys(tool.binaries).filter((name) => !found.has(name))
  if (wanted.length === 0) return { found, passed: [], place }
  const onPath = await Promise.all(wanted.map((name) => findOnPath(name, tool, at)))
  const passed = onPath.flatMap((one) => one.passed)
  // Binaries of one tool work together, so they come from one place.
  if (onPath.every((one) => one.found !== undefined)) {
    wanted.forEach((name, index) => found.set(name, onPath[index]?.found as Found))
    return { found, passed, place }
  }
  const cached = await readCached(tool, place)
  for (const name of wanted) {
    const binary = cached?.get(name)
    if (binary !== undefined) found.set(name, { source: 'cache', ...binary })
  }
  return { found, passed, place }
}

/** Whether nothing is left to be made. */
export function isComplete(tool: Tool, search: Search): boolean {
  return search.found.size === Object.keys(tool.binaries).length
}

async function findExplicit(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = env[variableOf(name)]
  if (!path) return undefined
  if (isAbsolute(path) && (await executableSize(path)) !== undefined) return path
  throw new HarnessError('TOOL_MISSING', `${variableOf(name)}=${path} is not an absolute path of an executable file`, {
    hint: `correct it, or unset ${variableOf(name)}`,
  })
}

async function findOnPath(name: string, tool: Tool, at: Surroundings): Promise<PathSearch> {
  const binary = tool.binaries[name] as Binary
  const passed: Passed[] = []
  if (at.pinned) return { passed }
  for (const path of await candidates([name, ...binary.aliases], at.env)) {
    const version = await askVersion(path, binary, at)
    if (isAtLeast(version, tool.minimum)) return { found: { source: 'path', path, version }, passed }
    passed.push({ path, version })
  }
  return { passed }
}

async function candidates(names: readonly string[], env: NodeJS.ProcessEnv): Promise<string[]> {
  const directories = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  const paths = directories.flatMap((directory) => names.map((name) => join(directory, name)))
  const sizes = await Promise.all(paths.map(executableSize))
  return paths.filter((_, index) => sizes[index] !== undefined)
}

/** The version a program says it has, or undefined when it does not say so in 10 s. */
export async function askVersion(path: string, binary: Binary, at: Surroundings): Promise<string | undefined> {
  try {
    const { text } = await run({ file: path, args: binary.versionArgs, env: at.env }, { ...at, within: 10_000 })
    return parseVersion(text, binary.versionPattern)
  } catch (thrown) {
    if (at.signal?.aborted) throw thrown
    return parseVersion(messageOf(thrown), binary.versionPattern)
  }
}
