// What an image is called: as wanted, as the environment overrides it, and as one that is built in its place.
import { describe, expect, test } from 'vitest'
import { wantedImage } from './image-name.ts'
import type { ImageSpec } from './image-name.ts'

function spec(image: string | undefined, folder?: string): ImageSpec {
  return { name: 'shop', image, build: folder === undefined ? undefined : { context: `/repo/compose/images/${folder}` } }
}

describe('the name of an image', () => {
  test.each([
    ['postgres:18', 'postgres:18', 'readiness/db:18'],
    ['quay.io/prometheus/prometheus:v3.15.0', 'quay.io/prometheus/prometheus:v3.15.0', 'readiness/db:v3.15.0'],
    ['${SHOP_IMAGE:-postgres}', 'postgres:latest', 'readiness/db:latest'],
    ['localhost:5000/shop', 'localhost:5000/shop:latest', 'readiness/db:latest'],
    ['shop:1@sha256:abc', 'shop:1@sha256:abc', 'readiness/db:1'],
    ['shop@sha256:abc', 'shop@sha256:abc', 'readiness/db:latest'],
    ['readiness/shop:0.1.0', 'readiness/shop:0.1.0', 'readiness/shop:0.1.0'],
    [undefined, 'readiness/shop:latest', 'readiness/shop:latest'],
  ])('%s is wanted as %s and built as %s', (image, reference, built) => {
    const wanted = wantedImage(spec(image, 'db'), {})
    expect(wanted).toMatchObject({ reference, overridden: false, substitute: { reference: built } })
  })

  test('one that the environment names is overridden, and nothing is built in its place', () => {
    const wanted = wantedImage(spec('${SHOP_IMAGE:-readiness/shop:0.1.0}', 'service'), { SHOP_IMAGE: 'ghcr.io/acme/shop:1.4' })
    expect(wanted).toEqual({ name: 'shop', reference: 'ghcr.io/acme/shop:1.4', overridden: true, pullable: true, substitute: undefined })
  })

  test('an environment that names the usual one overrides nothing', () => {
    expect(wantedImage(spec('${SHOP_IMAGE:-postgres:18}', 'db'), { SHOP_IMAGE: 'postgres:18' }).overridden).toBe(false)
  })

  test('what only we build is never asked of a registry, where the name could be anybody’s', () => {
    expect(wantedImage(spec('readiness/shop:0.1.0', 'service'), {}).pullable).toBe(false)
    expect(wantedImage(spec('postgres:18', 'postgres'), {}).pullable).toBe(true)
  })
})
