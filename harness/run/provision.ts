// What a run needs before it can begin: a runtime that works, and the tools or images of it.
import { HarnessError } from '../errors.ts'
import type { RuntimeName, Stack } from '../model/stack.ts'
import { findEngine } from '../stack/containers/engine.ts'
import { provideImages } from '../stack/images/provide-images.ts'
import type { ImageProgress } from '../stack/images/image-progress.ts'
import { provideTools } from './tools.ts'
import type { ProvidedTools, ToolProgress } from './tools.ts'
import type { World } from './session.ts'

export type { ImageProgress } from '../stack/images/image-progress.ts'
export { describeImage, plainImages } from '../stack/images/image-progress.ts'

export interface Provision extends ProvidedTools {
  readonly runtime: RuntimeName
  /** Image reference by service; empty on a runtime without images. */
  readonly images: ReadonlyMap<string, string>
}

export interface Wish {
  readonly stack: Stack
  /** Undefined: containers where an engine answers, else processes. */
  readonly runtime?: RuntimeName | undefined
  /** Whether there will be load. */
  readonly load: boolean
}

/** Told while something is looked for, pulled or built. */
export interface Watcher {
  readonly onTool: (progress: ToolProgress) => void
  readonly onImage: (progress: ImageProgress) => void
  /** One sentence on why the runtime is not the one that a user would expect. */
  readonly onChoice: (sentence: string) => void
}

/** Everything for a run. ENGINE_UNREACHABLE, IMAGE_MISSING, TOOL_MISSING and their like say what is not to be had. */
export async function provide(wish: Wish, world: World, watcher: Watcher): Promise<Provision> {
  const engine = wish.runtime === 'local' ? undefined : await findEngine(world.env)
  if (engine?.found === false && wish.runtime === 'containers') {
    throw new HarnessError('ENGINE_UNREACHABLE', `no container engine answers: ${engine.tried.map(({ where, why }) => `${where}: ${why}`).join('; ')}`)
  }
  if (engine?.found !== true) return provideLocal(wish, world, watcher)
  try {
    return await provideContainers(wish, world, watcher)
  } catch (thrown) {
    if (wish.runtime === 'containers' || !canDoWithout(thrown, wish, world)) throw thrown
    watcher.onChoice(`local processes instead of containers: ${(thrown as HarnessError).message}`)
    return provideLocal(wish, world, watcher)
  }
}

/** Nobody asked for containers, nor for an image of their own that would then silently not be used. */
function canDoWithout(thrown: unknown, { stack }: Wish, { env }: World): boolean {
  if (!(thrown instanceof HarnessError) || thrown.code !== 'IMAGE_MISSING') return false
  const names = stack.services.flatMap(({ image }) => /\$\{(\w+)/.exec(image ?? '')?.[1] ?? [])
  return names.every((name) => (env[name] ?? '') === '')
}

async function provideLocal({ stack, load }: Wish, world: World, { onTool }: Watcher): Promise<Provision> {
  const names = [...stack.services.flatMap((spec) => spec.harness.tools), ...(load ? ['k6'] : [])]
  return { ...(await provideTools(world, names, onTool)), runtime: 'local', images: new Map() }
}

async function provideContainers({ stack, load }: Wish, world: World, { onTool, onImage }: Watcher): Promise<Provision> {
  const { root, env, clock, signal } = world
  const provided = await provideImages(stack, { root, env, clock, signal, onProgress: onImage, onToolProgress: onTool })
  const { tools, versions } = await provideTools(world, load ? ['k6'] : [], onTool)
  const known = provided.map(({ service, reference, id }) => [service, `${reference} ${id}`] as const)
  return { tools, versions: { ...versions, ...Object.fromEntries(known) }, runtime: 'containers', images: new Map(provided.map(({ service, reference }) => [service, reference])) }
}
