// Sees to it that every image of a stack is there: found, pulled, or built from compose/images.
import type { Stack } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import type { ToolProgress } from '../toolchain/progress.ts'
import { HarnessError } from '../../errors.ts'
import type { ImageProgress } from './image-progress.ts'

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

/** One image for each service. IMAGE_MISSING names every one that can be neither found, pulled nor built, and why. */
export async function provideImages(stack: Stack, options: ImageOptions): Promise<readonly ProvidedImage[]> {
  throw new HarnessError('IMAGE_MISSING', `images cannot be provided yet for ${stack.services.length} services`, { cause: options.signal.reason })
}
