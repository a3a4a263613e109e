// Gets one image that is not there: pulled under the name that is wanted, or else built in its place.
import { HarnessError, messageOf } from '../../errors.ts'
import { platform } from '../toolchain/cache.ts'
import type { BuildContext } from './build-context.ts'
import { CONTEXT_LABEL, digestOf } from './context-digest.ts'
import { buildImage, dropForgotten, findImage, pullImage } from './image-engine.ts'
import type { Following, ImageEngine, PresentImage } from './image-engine.ts'
import type { Buildable, LookedUp } from './look-up.ts'
import { packed, stageContext } from './stage-context.ts'
import type { Staging } from './stage-context.ts'

/** Which ways may be gone. */
export interface Ways {
  readonly pull: boolean
  readonly build: boolean
}

export interface Workshop extends Staging {
  readonly engine: ImageEngine
  /** Base images that are being pulled, or were, by name. */
  readonly bases: Map<string, Promise<void>>
}

export type Tell = (state: 'pulling' | 'building', detail?: string) => void

export interface Obtained {
  readonly reference: string
  readonly image: PresentImage
  readonly source: 'pulled' | 'built'
}

const FAILED = { pulling: 'cannot be pulled', building: 'cannot be built' } as const

/** Rejects with an Error whose message names each way that was tried, and what came of it. */
export async function obtain(found: LookedUp, ways: Ways, { workshop, tell }: { readonly workshop: Workshop; readonly tell: Tell }): Promise<Obtained> {
  const reasons: string[] = []
  const attempt = async (state: 'pulling' | 'building', work: (following: Following) => Promise<Obtained>) => {
    tell(state)
    try {
      return await work({ ...workshop, onLine: (line) => tell(state, line) })
    } catch (thrown) {
      workshop.signal.throwIfAborted()
      reasons.push(`${FAILED[state]}: ${wordsOf(thrown)}`)
      return undefined
    }
  }
  const { wanted, buildable } = found
  // What was built here before is built here again, unless only a pull will do.
  const pull = ways.pull && wanted.pullable && (found.state === 'missing' || !ways.build)
  const pulled = pull ? await attempt('pulling', (following) => pullOne(wanted.reference, workshop, following)) : undefined
  const built = pulled ?? (ways.build && buildable ? await attempt('building', (following) => buildOne(buildable, { workshop, following })) : undefined)
  if (built === undefined) throw new Error(reasons.length > 0 ? reasons.join('; ') : 'not in the engine')
  return built
}

async function pullOne(reference: string, { engine }: Workshop, following: Following): Promise<Obtained> {
  await pullImage(engine, reference, following)
  return { reference, image: await presentImage(engine, reference), source: 'pulled' }
}

interface Building {
  readonly workshop: Workshop
  readonly following: Following
}

async function buildOne({ substitute, context, digest }: Buildable, { workshop, following }: Building): Promise<Obtained> {
  const { engine, bases } = workshop
  const { reference, build } = substitute
  checkPlatform(engine)
  for (const base of context.recipe.bases) {
    if (!bases.has(base)) bases.set(base, provideBase(base, context, { workshop, following }))
    await bases.get(base)
  }
  await using staged = await stageContext(context, workshop)
  const order = { reference, target: build.target, args: build.args, labels: { [CONTEXT_LABEL]: digest } }
  await buildImage(engine, { ...order, context: (signal) => packed(staged.directory, signal) }, following)
  const image = await presentImage(engine, reference)
  await dropForgotten(engine, CONTEXT_LABEL).catch((thrown: unknown) => following.onLine(messageOf(thrown)))
  return { reference, image, source: 'built' }
}

/** What is copied into an image has been made for this machine. */
function checkPlatform({ platform: theirs }: ImageEngine): void {
  const [system, machine = ''] = theirs.split('/')
  const ours = platform()
  const known: Readonly<Record<string, string>> = { x86_64: 'x64', amd64: 'x64', aarch64: 'arm64', arm64: 'arm64' }
  if (ours === `${system}-${known[machine] ?? machine}`) return
  throw new HarnessError('IMAGE_MISSING', `programs of this machine (${ours}) do not run in an engine for ${theirs}`)
}

async function provideBase(base: string, { ownBases }: BuildContext, { workshop, following }: Building): Promise<void> {
  const { engine } = workshop
  const present = await findImage(engine, base)
  const own = ownBases.find(({ substitute }) => substitute.reference === base)
  if (own) {
    const digest = await digestOf(own.context, own.substitute, workshop)
    if (present?.labels[CONTEXT_LABEL] !== digest) await buildOne({ ...own, digest }, { workshop, following })
    return
  }
  if (present) return
  try {
    await pullImage(engine, base, following)
  } catch (thrown) {
    following.signal.throwIfAborted()
    throw new HarnessError('IMAGE_MISSING', `its base image ${base} is not in the engine and cannot be pulled (${wordsOf(thrown)}); .ci/base-image makes debian:bookworm-slim without a registry`)
  }
}

/** The engine's own words, without the number in which they came. */
function wordsOf(thrown: unknown): string {
  return messageOf(thrown).replace(/^\(HTTP code \d+\) [\w ]+ - /, '').trim()
}

async function presentImage(engine: ImageEngine, reference: string): Promise<PresentImage> {
  const image = await findImage(engine, reference)
  if (image === undefined) throw new Error(`the engine said nothing of a failure, but has no ${reference}`)
  return image
}
