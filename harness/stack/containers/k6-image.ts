// The image that k6 runs from when it runs in a container: named like the images of services, and belonging to none.
import { join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { ImageSpec } from '../images/image-name.ts'
import { provideSpecs } from '../images/provide-images.ts'
import type { ImageOptions, ProvidedImage } from '../images/provide-images.ts'
import type { Ways } from '../images/obtain.ts'

/** As a compose file would say it. */
export function k6ImageSpec(root: string): ImageSpec {
  return { name: 'k6', image: '${K6_IMAGE:-grafana/k6:2.2.0}', build: { context: join(root, 'compose/images/k6') } }
}

/** Found, or had in one of these ways. IMAGE_MISSING when it is not to be had. */
export async function provideK6Image(options: ImageOptions, ways: Ways): Promise<ProvidedImage> {
  const [image] = await provideSpecs([k6ImageSpec(options.root)], options, ways)
  if (image === undefined) throw new HarnessError('BUG', 'no image was provided for k6')
  return image
}
