// testcontainers' reaper is used where its image is there, and only for what is to end with this process.
import { afterAll, describe, expect, test } from 'vitest'
import { LABEL_TESTCONTAINERS_SESSION_ID } from 'testcontainers'
import { engineClient } from './engine-client.ts'
import { reaperImage } from './testing/reaper-image.ts'
import { stage, whyNoEngine } from './testing/stage.ts'
import type { StageOptions } from './testing/stage.ts'

const whyNot = await whyNoEngine()
const before = process.env.RYUK_CONTAINER_IMAGE

afterAll(() => {
  if (before === undefined) delete process.env.RYUK_CONTAINER_IMAGE
  else process.env.RYUK_CONTAINER_IMAGE = before
})

/** The session that each thing of a started stack is labelled with. */
async function sessionsOf(options: StageOptions): Promise<ReadonlySet<string | undefined>> {
  await using staged = await stage({ a: { container: { volumes: [{ name: 'data', target: '/data' }] } } }, options)
  await staged.start()
  const { docker } = staged.engine
  const filters = { label: [`readiness-harness.run=${staged.run}`] }
  const [containers, networks, volumes] = await Promise.all([docker.listContainers({ filters }), docker.listNetworks({ filters }), docker.listVolumes({ filters })])
  const labels = [...containers.map(({ Labels }) => Labels), ...networks.map(({ Labels }) => Labels), ...volumes.Volumes.map(({ Labels }) => Labels)]
  expect(labels).toHaveLength(3)
  return new Set(labels.map((label) => label?.[LABEL_TESTCONTAINERS_SESSION_ID]))
}

describe.skipIf(whyNot !== '')(`the reaper of testcontainers${whyNot}`, () => {
  test('is told of a stack that is to end with this process, and of no other', { timeout: 60_000 }, async () => {
    const { docker } = await engineClient(process.env)
    await using image = await reaperImage(docker)
    process.env.RYUK_CONTAINER_IMAGE = image.reference
    const [session, ...others] = await sessionsOf({})
    expect([others, typeof session]).toEqual([[], 'string'])
    expect(await image.told()).toContain(`told label=${LABEL_TESTCONTAINERS_SESSION_ID}=${session}`)
    expect(await sessionsOf({ keepUp: true })).toEqual(new Set([undefined]))
    expect(await sessionsOf({ env: { ...process.env, TESTCONTAINERS_RYUK_DISABLED: 'true' } })).toEqual(new Set([undefined]))
  })

  test('is done without where its image is missing', async () => {
    process.env.RYUK_CONTAINER_IMAGE = 'readiness-test/no-reaper:1'
    expect(await sessionsOf({})).toEqual(new Set([undefined]))
  })
})
