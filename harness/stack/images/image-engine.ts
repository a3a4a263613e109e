// The container engine as far as images go: what is there, and how more is had. Everything it says on the way is passed on.
import type { Readable } from 'node:stream'
import type Dockerode from 'dockerode'
import type { AuthConfig } from 'testcontainers/build/container-runtime/auth/types.js'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import { askEngine, saysGone, saysSo } from '../containers/ask-engine.ts'
import { engineClient } from '../containers/engine-client.ts'
import type { Environment } from '../compose-variables.ts'

/** Longest pull or build of one image, in ms. */
const WITHIN = 900_000
/** Milliseconds until an image without a name counts as forgotten. */
const FRESH = 60_000

export interface ImageEngine {
  readonly docker: Dockerode
  readonly clock: Clock
  /** Such as linux/x86_64. */
  readonly platform: string
  /** What `docker login` keeps for the registry of an image. */
  authFor(reference: string): Promise<AuthConfig | undefined>
}

export interface PresentImage {
  /** sha256:... */
  readonly id: string
  readonly bytes: number
  readonly labels: Readonly<Record<string, string>>
}

/** While the engine works on one image. */
export interface Following {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onLine: (line: string) => void
}

/** The engine that findEngine finds. ENGINE_UNREACHABLE without one. */
export async function connectEngine({ env, clock }: { readonly env: Environment; readonly clock: Clock }): Promise<ImageEngine> {
  const { docker } = await engineClient(env)
  const info: unknown = await askEngine({ clock, what: 'ask the engine for its platform' }, () => docker.info())
  const { OSType, Architecture, IndexServerAddress } = info as Readonly<Record<string, string | undefined>>
  return { docker, clock, platform: `${OSType}/${Architecture}`, authFor: (reference) => authFor(reference, IndexServerAddress || 'https://index.docker.io/v1/') }
}

/** Loaded late: only a pull needs to know, and few runs pull. */
async function authFor(reference: string, index: string): Promise<AuthConfig | undefined> {
  const [{ ImageName }, { getAuthConfig }] = await Promise.all([import('testcontainers'), import('testcontainers/build/container-runtime/auth/get-auth-config.js')])
  return getAuthConfig(ImageName.fromString(reference).registry ?? index)
}

/** Undefined when the engine has no such image. */
export function findImage({ docker, clock }: ImageEngine, reference: string): Promise<PresentImage | undefined> {
  return askEngine({ clock, what: `look for ${reference}` }, async () => {
    try {
      const { Id, Size, Config } = await docker.getImage(reference).inspect()
      return { id: Id, bytes: Size, labels: Config?.Labels ?? {} }
    } catch (thrown) {
      if (saysGone(thrown)) return undefined
      throw thrown
    }
  })
}

/** Rejects with what the engine says, such as that its registry cannot be reached. */
export async function pullImage(engine: ImageEngine, reference: string, following: Following): Promise<void> {
  await follow(engine, { ...following, what: `${reference} to be pulled` }, async (abortSignal) => {
    return (await engine.docker.pull(reference, { authconfig: await engine.authFor(reference), abortSignal })) as Readable
  })
}

export interface BuildOrder {
  readonly reference: string
  readonly labels: Readonly<Record<string, string>>
  readonly target?: string | undefined
  readonly args?: Readonly<Record<string, string>> | undefined
  /** The context as a tar stream, with its Dockerfile. */
  readonly context: (signal: AbortSignal) => Readable
}

/** Rejects with what the engine says, such as the step that failed. */
export async function buildImage(engine: ImageEngine, order: BuildOrder, following: Following): Promise<void> {
  const { reference: t, labels, target, args: buildargs, context } = order
  await follow(engine, { ...following, what: `${t} to be built` }, async (abortSignal) => {
    return (await engine.docker.buildImage(context(abortSignal), { t, labels, target, buildargs, rm: true, forcerm: true, abortSignal })) as Readable
  })
}

/** Lets those with this label go that no tag names any more. One that a container still uses stays until another time. */
export async function dropForgotten({ docker, clock }: ImageEngine, label: string): Promise<void> {
  await askEngine({ clock, what: 'remove images that have been built anew' }, async () => {
    const images = await docker.listImages({ filters: { dangling: ['true'], label: [label] } })
    // One that was made just now may be about to get its name, from another process.
    const old = images.filter(({ Created }) => clock.now() - Created * 1_000 > FRESH)
    for (const { Id } of old) {
      await docker.getImage(Id).remove().catch((thrown: unknown) => {
        if (!saysGone(thrown) && !saysSo(thrown)) throw thrown
      })
    }
  })
}

interface Told {
  readonly stream?: string
  readonly status?: string
  readonly id?: string
  readonly progress?: string
  readonly error?: string
}

function follow({ docker }: ImageEngine, { onLine, ...wait }: Following & { readonly what: string }, begin: (signal: AbortSignal) => Promise<Readable>): Promise<void> {
  return withDeadline({ ...wait, within: WITHIN }, async (signal) => {
    const stream = await begin(signal)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    // An engine that fails half-way has said 200 already: its last word is in the stream.
    let error: string | undefined
    const hear = (told: Told) => {
      error ??= told.error
      const line = lineOf(told)
      if (line !== '') onLine(line)
    }
    docker.modem.followProgress(stream, (thrown) => (thrown || error ? reject(error === undefined ? thrown : new Error(error)) : resolve()), hear)
    return promise
  })
}

function lineOf({ stream, status, id, progress }: Told): string {
  const text = stream ?? [id, status, progress].filter(Boolean).join(' ')
  return text.trim().split('\n').at(-1) ?? ''
}
