// The image that k6 runs from when it runs in a container: named like the images of services, and belonging to none.
import { HarnessError } from '../../errors.ts'
import type { ImageOptions, ProvidedImage } from '../images/provide-images.ts'

/** As a compose file would say it. */
const IMAGE = '${K6_IMAGE:-grafana/k6:2.2.0}'

/** Found, pulled, or built from compose/images/k6. IMAGE_MISSING when it is not to be had. */
export async function provideK6Image({ signal }: ImageOptions): Promise<Pick<ProvidedImage, 'reference' | 'id'>> {
  throw new HarnessError('IMAGE_MISSING', `${IMAGE} cannot be provided yet`, { cause: signal.reason })
}
