// What there is of one wanted image: itself, one built in its place, one that was built from something older, or nothing.
import { readContext } from './build-context.ts'
import type { BuildContext, Place } from './build-context.ts'
import { CONTEXT_LABEL, digestOf } from './context-digest.ts'
import { findImage } from './image-engine.ts'
import type { ImageEngine, PresentImage } from './image-engine.ts'
import type { Substitute, WantedImage } from './image-name.ts'

/** How an image could be built, and the digest that its label would bear. */
export interface Buildable {
  readonly substitute: Substitute
  readonly context: BuildContext
  readonly digest: string
}

export interface LookedUp {
  readonly wanted: WantedImage
  /** `stale`: built here, but from something that has changed since. */
  readonly state: 'found' | 'stale' | 'missing'
  /** The name under which it is found, or would be: the wanted one, or that of the one in its place. */
  readonly reference: string
  readonly present?: PresentImage | undefined
  readonly buildable?: Buildable | undefined
}

/** Asks the engine by name only: nothing is pulled, built or made. */
export async function lookUp(engine: ImageEngine, wanted: WantedImage, place: Place): Promise<LookedUp> {
  const { reference, substitute } = wanted
  const present = await findImage(engine, reference)
  if (substitute === undefined) return { wanted, state: present ? 'found' : 'missing', reference, present }
  // One without our label is somebody else's, and right as it is.
  if (present && present.labels[CONTEXT_LABEL] === undefined) return { wanted, state: 'found', reference, present }
  const context = await readContext(substitute, place)
  const digest = await digestOf(context, substitute, place)
  const built = substitute.reference === reference ? present : await findImage(engine, substitute.reference)
  const state = built === undefined ? 'missing' : built.labels[CONTEXT_LABEL] === digest ? 'found' : 'stale'
  return { wanted, state, reference: substitute.reference, present: built, buildable: { substitute, context, digest } }
}
