// Sees to it that every image of a stack is there: found, pulled, or built from compose/images.
import type { Stack } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import type { ToolProgress } from '../toolchain/progress.ts'
import { HarnessError, messageOf } from '../../errors.ts'
import { connectEngine } from './image-engine.ts'
import type { ImageProgress } from './image-progress.ts'
import { imageSpecs, wantedImage } from './image-name.ts'
import type { ImageSpec } from './image-name.ts'
import { lookUp } from './look-up.ts'
import type { LookedUp } from './look-up.ts'
import { obtain } from './obtain.ts'
import type { Obtained, Ways, Workshop } from './obtain.ts'
import { twoAtATime } from './two-at-a-time.ts'

export interface ProvidedImage {
  readonly service: string
  /** What a container is started from: the name in the compose file, or the one built in its place. */
  readonly reference: string
  /** sha256:... */
  readonly id: string
  readonly source: 'found' | 'pulled' | 'built'
  /** The name in the compose file, where another image stands in for it. */
  readonly insteadOf?: string | undefined
}

export interface ImageOptions {
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImageProgress) => void
  readonly onToolProgress: (progress: ToolProgress) => void
}

const BOTH_WAYS: Ways = { pull: true, build: true }

/** One image for each service. IMAGE_MISSING names every one that can be neither found, pulled nor built, and why. */
export function provideImages(stack: Stack, options: ImageOptions): Promise<readonly ProvidedImage[]> {
  return provideSpecs(imageSpecs(stack, options.root), options)
}

/** As provideImages, for any images, such as that of k6, and in these ways alone. Without building, images that only stand in for others are no reason not to pull those. */
export async function provideSpecs(specs: readonly ImageSpec[], options: ImageOptions, ways: Ways = BOTH_WAYS): Promise<readonly ProvidedImage[]> {
  const workshop: Workshop = { ...options, engine: await connectEngine(options), bases: new Map() }
  const found = await Promise.all(specs.map((spec) => lookUp(workshop.engine, wantedImage(spec, options.env), options)))
  const lacking = found.filter((one) => isLacking(one, ways))
  for (const { wanted, reference, state } of found) {
    if (state === 'found') options.onProgress({ service: wanted.name, reference, state, elapsed: 0, index: 0, total: lacking.length })
  }
  const results = await twoAtATime(lacking, (one, index) => obtainOne(one, { workshop, options, ways, index, total: lacking.length }))
  options.signal.throwIfAborted()
  const failed = results.flatMap((result, index) => (result.status === 'rejected' ? [`${named(lacking[index])}: ${messageOf(result.reason)}`] : []))
  if (failed.length > 0) throw missing(failed)
  const obtained = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  return found.map((one) => provided(one, obtained[lacking.indexOf(one)]))
}

function isLacking({ wanted, state, reference }: LookedUp, ways: Ways): boolean {
  if (ways.build) return state !== 'found'
  return wanted.pullable && (state === 'missing' || reference !== wanted.reference)
}

interface Turn {
  readonly workshop: Workshop
  readonly options: ImageOptions
  readonly ways: Ways
  readonly index: number
  readonly total: number
}

async function obtainOne(found: LookedUp, { workshop, options, ways, index, total }: Turn): Promise<Obtained> {
  const { clock, signal, onProgress } = options
  signal.throwIfAborted()
  const began = clock.now()
  const tell = (state: ImageProgress['state'], detail?: string) => {
    const reference = state === 'building' || state === 'built' ? found.reference : found.wanted.reference
    onProgress({ service: found.wanted.name, reference, state, elapsed: clock.now() - began, detail, index: index + 1, total })
  }
  const obtained = await obtain(found, ways, { workshop, tell })
  tell(obtained.source)
  return obtained
}

function named(found: LookedUp | undefined): string {
  return found === undefined ? '' : `${found.wanted.reference} for ${found.wanted.name}`
}

function missing(failed: readonly string[]): HarnessError {
  const count = failed.length === 1 ? 'an image is' : `${failed.length} images are`
  return new HarnessError('IMAGE_MISSING', `${count} not to be had:\n${failed.map((line) => `  ${line}`).join('\n')}`)
}

function provided({ wanted, reference, present }: LookedUp, obtained: Obtained | undefined): ProvidedImage {
  const source = obtained?.source ?? 'found'
  const own = obtained?.reference ?? reference
  const id = obtained?.image.id ?? present?.id ?? ''
  return { service: wanted.name, reference: own, id, source, ...(own !== wanted.reference && { insteadOf: wanted.reference }) }
}
