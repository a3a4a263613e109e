// Which image a service wants by name, and what the one is called that is built where it is not to be had.
import { basename, dirname, join, resolve } from 'node:path'
import type { ContainerSpec } from '../../model/container-spec.ts'
import type { ServiceSpec, Stack } from '../../model/stack.ts'
import { substitute } from '../compose-variables.ts'
import type { Environment } from '../compose-variables.ts'

/** Names of images that are built here and nowhere else: never asked of a registry, where anybody could own them. */
const OURS = 'readiness/'

/** As a compose file says it: the image with `${VAR:-default}` not yet substituted, and how one is built in its place. */
export interface ImageSpec {
  /** The service, or whatever else runs from it. */
  readonly name: string
  readonly image: string | undefined
  readonly build?: ContainerSpec['build']
  /** TypeScript file that is bundled into the build context as app/main.js; absolute. */
  readonly main?: string | undefined
}

export interface WantedImage {
  readonly name: string
  readonly reference: string
  /** Named by the environment: then nothing else will do. */
  readonly overridden: boolean
  /** Whether a registry may be asked for it. */
  readonly pullable: boolean
  /** What is built in its place, where something can be. */
  readonly substitute?: Substitute | undefined
}

export interface Substitute {
  readonly reference: string
  readonly build: NonNullable<ContainerSpec['build']>
  readonly main?: string | undefined
}

/** The images of all services, in the order of the compose file; command lines are relative to `root`. */
export function imageSpecs(stack: Stack, root: string): readonly ImageSpec[] {
  return stack.services.map((spec) => ({ name: spec.name, image: spec.image, build: spec.container?.build, main: mainOf(spec, root) }))
}

/** The TypeScript that a service, or its preparation, is started from. */
function mainOf({ harness }: ServiceSpec, root: string): string | undefined {
  const main = [...harness.command, ...(harness.prepare ?? [])].find((word) => word.endsWith('.ts'))
  return main && resolve(root, main)
}

export function wantedImage({ name, image, build, main }: ImageSpec, env: Environment): WantedImage {
  const usual = image === undefined ? `${OURS}${name}:latest` : tagged(substitute(image, {}))
  const reference = image === undefined ? usual : tagged(substitute(image, env))
  const overridden = reference !== usual
  const instead = build && !overridden ? { reference: ownName(usual, build.context), build, main } : undefined
  return { name, reference, overridden, pullable: overridden || !reference.startsWith(OURS), substitute: instead }
}

/** What a Dockerfile stands on, where that is built here too: `readiness/node:24` from the folder `node` beside its own. */
export function ownBase(base: string, context: string): Substitute | undefined {
  const name = base.startsWith(OURS) ? base.slice(OURS.length).replace(/:.*$/, '') : undefined
  return name === undefined ? undefined : { reference: base, build: { context: join(dirname(context), name) } }
}

/** Without a tag an engine would pull every tag there is. */
function tagged(reference: string): string {
  return reference.includes('@') || reference.slice(reference.lastIndexOf('/') + 1).includes(':') ? reference : `${reference}:latest`
}

/** `quay.io/prometheus/prometheus:v3.15.0`, built from images/prometheus -> `readiness/prometheus:v3.15.0`. */
function ownName(usual: string, context: string): string {
  if (usual.startsWith(OURS)) return usual
  const tag = /:([\w.-]+)$/.exec(usual.split('@')[0] ?? '')?.[1] ?? 'latest'
  return `${OURS}${basename(context)}:${tag}`
}
