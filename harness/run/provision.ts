// What a run needs before it can begin: a runtime that works, and the tools or images of it.
import { HarnessError } from '../errors.ts'
import type { K6, LoadWay } from '../model/k6.ts'
import type { RuntimeName, Stack } from '../model/stack.ts'
import { demandEngine, findEngine } from '../stack/containers/engine.ts'
import { provideK6Image } from '../stack/containers/k6-image.ts'
import { imageSpecs, wantedImage } from '../stack/images/image-name.ts'
import { provideImages } from '../stack/images/provide-images.ts'
import type { ImageProgress } from '../stack/images/image-progress.ts'
import { demandWay, provideK6 } from './provide-k6.ts'
import type { ProvidedK6 } from './provide-k6.ts'
import { inspectTools, provideTools } from './tools.ts'
import type { ProvidedTools, ToolProgress } from './tools.ts'
import type { World } from './session.ts'

export type { ImageProgress } from '../stack/images/image-progress.ts'
export { describeImage, plainImages } from '../stack/images/image-progress.ts'

export interface Provision extends ProvidedTools {
  readonly runtime: RuntimeName
  /** Image reference by service; empty on a runtime without images. */
  readonly images: ReadonlyMap<string, string>
  /** Undefined when there will be no load. */
  readonly k6: K6 | undefined
}

export interface Wish {
  readonly stack: Stack
  /** Undefined: containers where an engine answers, else processes. */
  readonly runtime?: RuntimeName | undefined
  /** Whether there will be load. */
  readonly load: boolean
  /** What the user insists that k6 runs in. */
  readonly way?: LoadWay | undefined
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
  if (wish.runtime === 'containers') await demandEngine(world.env)
  else if (wish.runtime === 'local' || !(await findEngine(world.env)).found) return provideLocal(wish, world, watcher)
  try {
    return await provideContainers(wish, world, watcher)
  } catch (thrown) {
    if (wish.runtime === 'containers' || wish.way === 'container' || !canDoWithout(thrown, wish, world)) throw thrown
    watcher.onChoice(`local processes instead of containers: ${(thrown as HarnessError).message}`)
    return provideLocal(wish, world, watcher)
  }
}

/** Nobody asked for an image of their own that would then silently not be used. */
function canDoWithout(thrown: unknown, { stack }: Wish, { root, env }: World): boolean {
  if (!(thrown instanceof HarnessError) || thrown.code !== 'IMAGE_MISSING') return false
  return imageSpecs(stack, root).every((spec) => !wantedImage(spec, env).overridden)
}

async function provideLocal(wish: Wish, world: World, watcher: Watcher): Promise<Provision> {
  demandWay({ ...wish, runtime: 'local' })
  const stack = await provideTools(world, wish.stack.services.flatMap((spec) => spec.harness.tools), watcher.onTool)
  const load = await provideLoad({ ...wish, runtime: 'local' }, world, watcher)
  return { tools: stack.tools, versions: { ...stack.versions, ...load.versions }, runtime: 'local', images: new Map(), k6: load.k6 }
}

async function provideContainers(wish: Wish, world: World, watcher: Watcher): Promise<Provision> {
  const { root, env, clock, signal } = world
  const provided = await provideImages(wish.stack, { root, env, clock, signal, onProgress: watcher.onImage, onToolProgress: watcher.onTool })
  const { tools, versions } = await provideTools(world, [], watcher.onTool)
  const load = await provideLoad({ ...wish, runtime: 'containers' }, world, watcher)
  const known = provided.map(({ service, reference, id }) => [service, `${reference} ${id}`] as const)
  const images = new Map(provided.map(({ service, reference }) => [service, reference]))
  return { tools, versions: { ...versions, ...load.versions, ...Object.fromEntries(known) }, runtime: 'containers', images, k6: load.k6 }
}

async function provideLoad(wish: Wish & { readonly runtime: RuntimeName }, world: World, { onTool, onImage, onChoice }: Watcher): Promise<Partial<ProvidedK6>> {
  if (!wish.load) return {}
  const { root, env, clock, signal } = world
  return provideK6({ runtime: wish.runtime, way: wish.way ?? wayOf(wish.runtime, env) }, {
    hasBinary: async () => (await inspectTools({ root, env: env as NodeJS.ProcessEnv, clock, signal, names: ['k6'] })).every(({ source }) => source !== 'missing'),
    binary: () => provideTools(world, ['k6'], onTool),
    image: (build) => provideK6Image({ root, env, clock, signal, onProgress: onImage, onToolProgress: onTool }, { pull: true, build }),
    onChoice,
  })
}

/** Whoever names an image of k6 wants it to be used, wherever there are images. */
function wayOf(runtime: RuntimeName, env: World['env']): LoadWay | undefined {
  return runtime === 'containers' && (env.K6_IMAGE ?? '') !== '' ? 'container' : undefined
}
