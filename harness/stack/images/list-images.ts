// Every wanted image and what there is of it, for people and machines; nothing is pulled or built for that.
import { relative } from 'node:path'
import type { Clock } from '../../time/clock.ts'
import type { Place } from './build-context.ts'
import { CONTEXT_LABEL } from './context-digest.ts'
import { connectEngine } from './image-engine.ts'
import { wantedImage } from './image-name.ts'
import type { ImageSpec } from './image-name.ts'
import { lookUp } from './look-up.ts'
import type { LookedUp } from './look-up.ts'

export interface ImageRow {
  /** The service, or k6. */
  readonly service: string
  readonly wanted: string
  /** Named by the environment. */
  readonly overridden: boolean
  /** `stale`: built here from something that has changed since. */
  readonly state: LookedUp['state']
  /** What a container would be started from: the wanted name, or that of the one built in its place. */
  readonly reference: string
  /** sha256:..., of what is there. */
  readonly id?: string | undefined
  readonly bytes?: number | undefined
  /** Where what is there comes from, or what the next run would do about it. */
  readonly from: string
}

/** ENGINE_UNREACHABLE without an engine. */
export async function listImages(specs: readonly ImageSpec[], place: Place & { readonly clock: Clock }): Promise<readonly ImageRow[]> {
  const engine = await connectEngine(place)
  const found = await Promise.all(specs.map((spec) => lookUp(engine, wantedImage(spec, place.env), place)))
  return found.map((one) => rowOf(one, place.root))
}

function rowOf(one: LookedUp, root: string): ImageRow {
  const { wanted, state, reference, present } = one
  return { service: wanted.name, wanted: wanted.reference, overridden: wanted.overridden, state, reference, id: present?.id, bytes: present?.bytes, from: fromOf(one, root) }
}

function fromOf({ wanted, state, present }: LookedUp, root: string): string {
  const folder = wanted.substitute && relative(root, wanted.substitute.build.context)
  if (state === 'found') return present?.labels[CONTEXT_LABEL] === undefined ? 'the engine had it' : `built from ${folder ?? 'compose/images'}`
  if (state === 'stale') return `what it was built from has changed: will be built again from ${folder}`
  const ways = [...(wanted.pullable ? ['pulled'] : []), ...(folder === undefined ? [] : [`built from ${folder}`])]
  return `will be ${ways.join(', or else ')}`
}
