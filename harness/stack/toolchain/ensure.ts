// The way to the tools: finds each, makes those that are nowhere, and says where they are.
import { type Clock, systemClock } from '../../time/clock.ts'
import type { CachedBinary } from './cache.ts'
import { findTool, isComplete, type Search } from './find.ts'
import type { Surroundings } from './job.ts'
import { makeTool } from './make.ts'
import type { ToolProgress } from './progress.ts'
import { readTools, selectTools, type Tool } from './tool.ts'

export interface EnsureOptions {
  /** The repository. */
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ToolProgress) => void) | undefined
  readonly clock?: Clock
  /** As in Surroundings: the cache or a fresh one, and nothing else. */
  readonly pinned?: boolean | undefined
}

interface Searched {
  readonly tool: Tool
  readonly search: Search
}

/**
 * Absolute paths by binary name, for all binaries of the named tools; a name is that of a tool or of a binary.
 * Order: `$HARNESS_<BINARY>`, PATH when new enough, cache, make.
 * Throws TOOL_MISSING, TOOL_BUILD_FAILED, or the signal's reason.
 */
export async function ensureTools(
  names: readonly string[],
  options: EnsureOptions,
): Promise<ReadonlyMap<string, string>> {
  const at: Surroundings = { clock: systemClock, ...options }
  const tools = selectTools(await readTools(at.root), names)
  const searches = await Promise.all(tools.map(async (tool) => ({ tool, search: await findTool(tool, at) })))
  const lacking = searches.filter(({ tool, search }) => !isComplete(tool, search))
  const paths = new Map<string, string>()
  for (const { tool, search } of searches) {
    for (const [name, { path }] of search.found) paths.set(name, path)
    if (isComplete(tool, search)) options.onProgress?.(progressOf(tool, lacking, { state: 'found', elapsed: 0 }))
  }
  for (const one of lacking) {
    for (const [name, { path }] of await make(one, lacking, { ...at, onProgress: options.onProgress })) {
      if (!paths.has(name)) paths.set(name, path)
    }
  }
  return paths
}

function make(
  { tool, search }: Searched,
  lacking: readonly Searched[],
  at: Surroundings & Pick<EnsureOptions, 'onProgress'>,
): Promise<ReadonlyMap<string, CachedBinary>> {
  return makeTool({
    ...at,
    tool,
    place: search.place,
    report: (report) => at.onProgress?.(progressOf(tool, lacking, report)),
  })
}

function progressOf(
  tool: Tool,
  lacking: readonly Searched[],
  report: Pick<ToolProgress, 'state' | 'elapsed' | 'detail'>,
): ToolProgress {
  const position = lacking.findIndex((one) => one.tool === tool)
  const after = position < 0 ? [] : lacking.slice(position)
  return {
    ...report,
    tool: tool.name,
    version: tool.version,
    usualSeconds: tool.usualSeconds,
    index: position + 1,
    total: lacking.length,
    remainingSeconds: after.reduce((sum, one) => sum + one.tool.usualSeconds, 0),
  }
}
