// Chooses what k6 runs in: a process when k6 is on this machine anyway, else a container where there is an engine.
import { HarnessError } from '../errors.ts'
import type { K6, LoadWay } from '../model/k6.ts'
import type { RuntimeName } from '../model/stack.ts'
import type { ProvidedTools } from './tools.ts'

export interface K6Wish {
  readonly runtime: RuntimeName
  /** What the user insists on. */
  readonly way?: LoadWay | undefined
}

/** The ways to a k6, each tried only when its turn comes. */
export interface K6Sources {
  /** Whether a binary is found without building it. */
  readonly hasBinary: () => Promise<boolean>
  /** Found or built. */
  readonly binary: () => Promise<ProvidedTools>
  /** Found, pulled, or built if it may be. IMAGE_MISSING when it is not to be had. */
  readonly image: (build: boolean) => Promise<{ readonly reference: string; readonly id: string }>
  /** One sentence on why k6 does not run in what it was to run in. */
  readonly onChoice: (sentence: string) => void
}

export interface ProvidedK6 {
  readonly k6: K6
  readonly versions: Readonly<Record<string, string>>
}

/** USAGE when a container is wanted beside a stack of processes: it could not reach their loopback addresses. */
export function demandWay({ runtime, way }: K6Wish): void {
  if (way !== 'container' || runtime === 'containers') return
  throw new HarnessError('USAGE', '--load container wants a stack of containers, and this one is local processes', { hint: 'add --runtime containers, or leave --load out' })
}

/** USAGE as above; TOOL_MISSING and its like, or IMAGE_MISSING, when there is no k6 of the kind that is wanted. */
export async function provideK6(wish: K6Wish, sources: K6Sources): Promise<ProvidedK6> {
  demandWay(wish)
  if (wish.way === 'process' || wish.runtime === 'local') return asProcess(sources)
  if (wish.way === undefined && (await sources.hasBinary())) return asProcess(sources)
  try {
    // It would be built from a binary, which would have to be built first: then the binary alone will do.
    const { reference, id } = await sources.image(wish.way === 'container')
    return { k6: { way: 'container', image: reference }, versions: { k6: `${reference} ${id}` } }
  } catch (thrown) {
    if (wish.way === 'container' || !(thrown instanceof HarnessError) || thrown.code !== 'IMAGE_MISSING') throw thrown
    sources.onChoice(`k6 as a process: ${thrown.message}`)
    return asProcess(sources)
  }
}

async function asProcess({ binary }: K6Sources): Promise<ProvidedK6> {
  const { tools, versions } = await binary()
  const path = tools.get('k6')
  if (path === undefined) throw new HarnessError('BUG', 'the toolchain provided no k6')
  return { k6: { way: 'process', binary: path }, versions }
}
