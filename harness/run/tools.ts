// The tools a run needs: where they are, and which versions they are for the record.
import { ensureTools } from '../stack/toolchain/ensure.ts'
import { inspectTools } from '../stack/toolchain/inspect.ts'
import type { ToolProgress } from '../stack/toolchain/progress.ts'
import type { World } from './session.ts'

export { findEngine } from '../stack/containers/engine.ts'
export type { EngineSearch } from '../stack/containers/engine.ts'
export type { ToolProgress } from '../stack/toolchain/progress.ts'
export { describeProgress, plainProgress } from '../stack/toolchain/progress.ts'
export { inspectHost } from '../stack/toolchain/inspect-host.ts'
export { inspectTools } from '../stack/toolchain/inspect.ts'

export interface ProvidedTools {
  /** Absolute path by binary name. */
  readonly tools: ReadonlyMap<string, string>
  /** Version by binary name. */
  readonly versions: Readonly<Record<string, string>>
}

/** Finds or makes every named tool. `node` is the Node that runs the harness. */
export async function provideTools(world: World, names: readonly string[], onProgress: (progress: ToolProgress) => void): Promise<ProvidedTools> {
  const options = { root: world.root, env: world.env as NodeJS.ProcessEnv, signal: world.signal, clock: world.clock }
  const tools = await ensureTools(names, { ...options, onProgress })
  const found = (await inspectTools({ ...options, names })).map(({ binary, version }) => [binary, version ?? 'unknown'])
  return { tools: new Map([...tools, ['node', process.execPath]]), versions: { ...Object.fromEntries(found), node: process.version.slice(1) } }
}
