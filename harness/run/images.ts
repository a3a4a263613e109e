// The images of a stack and of k6, for whoever wants to see them or have them before any run needs them.
import type { Problem } from '../model/problem.ts'
import { readStack } from '../stack/compose-file.ts'
import { k6ImageSpec } from '../stack/containers/k6-image.ts'
import { imageSpecs } from '../stack/images/image-name.ts'
import type { ImageSpec } from '../stack/images/image-name.ts'
import { listImages } from '../stack/images/list-images.ts'
import type { ImageRow } from '../stack/images/list-images.ts'
import type { Ways } from '../stack/images/obtain.ts'
import { provideSpecs } from '../stack/images/provide-images.ts'
import type { Watcher } from './provision.ts'
import type { World } from './session.ts'

export type { ImageRow } from '../stack/images/list-images.ts'

export interface ImagesRead {
  /** There only when there is no problem. */
  readonly specs?: readonly ImageSpec[]
  readonly problems: readonly Problem[]
}

/** What images the compose files want, and k6. */
export function readImages(files: readonly string[], { root }: World): ImagesRead {
  const { stack, problems } = readStack(files)
  return stack ? { specs: [...imageSpecs(stack, root), k6ImageSpec(root)], problems } : { problems }
}

/** ENGINE_UNREACHABLE without an engine. */
export function inspectImages(specs: readonly ImageSpec[], world: World): Promise<readonly ImageRow[]> {
  return listImages(specs, world)
}

/** Pulls what is missing, builds what is missing or stale, or the one before the other. IMAGE_MISSING names all that failed. */
export async function obtainImages(specs: readonly ImageSpec[], ways: Ways, { world, watcher }: { readonly world: World; readonly watcher: Pick<Watcher, 'onTool' | 'onImage'> }): Promise<void> {
  const { root, env, clock, signal } = world
  await provideSpecs(specs, { root, env, clock, signal, onProgress: watcher.onImage, onToolProgress: watcher.onTool }, ways)
}
