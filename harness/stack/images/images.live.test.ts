// Images had from a real engine: built, found again, built anew after a change, refused in the engine's own words, interrupted.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type Dockerode from 'dockerode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HarnessError } from '../../errors.ts'
import { systemClock } from '../../time/clock.ts'
import type { Clock } from '../../time/clock.ts'
import { findEngine } from '../containers/engine.ts'
import { engineClient } from '../containers/engine-client.ts'
import type { ImageProgress } from './image-progress.ts'
import type { ImageSpec } from './image-name.ts'
import { listImages } from './list-images.ts'
import { provideSpecs } from './provide-images.ts'

const ROOT = join(import.meta.dirname, '../../..')
const MARK = `test-${process.pid}`
const search = await findEngine(process.env)
const why = search.found ? '' : ` (skipped: ${search.tried.map(({ where, why: reason }) => `${where}: ${reason}`).join('; ')})`

describe.skipIf(!search.found)(`with a container engine${why}`, () => {
  let docker: Dockerode
  let directory: string
  beforeAll(async () => {
    docker = (await engineClient(process.env)).docker
    directory = mkdtempSync(join(tmpdir(), 'images-'))
    symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'))
  })
  afterAll(async () => {
    rmSync(directory, { recursive: true })
    for (const tag of await ownTags()) await docker.getImage(tag).remove({ force: true })
  })

  async function ownTags(): Promise<readonly string[]> {
    return (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => tag.endsWith(`:${MARK}`))
  }

  /** Provides, and keeps what was told on the way. */
  async function provide(specs: readonly ImageSpec[], more: { readonly env?: Record<string, string>; readonly signal?: AbortSignal; readonly clock?: Clock; readonly onProgress?: (progress: ImageProgress) => void } = {}) {
    const told: ImageProgress[] = []
    const onProgress = (progress: ImageProgress) => void (told.push(progress), more.onProgress?.(progress))
    const options = { root: ROOT, env: { ...process.env, ...more.env }, clock: more.clock ?? systemClock, signal: more.signal ?? new AbortController().signal, onProgress, onToolProgress: () => undefined }
    return { images: await provideSpecs(specs, options), states: [...new Set(told.map(({ state }) => state))] }
  }

  function context(name: string, dockerfile: string): string {
    const folder = join(directory, name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'Dockerfile'), dockerfile)
    return folder
  }

  /** What a container of it says until it ends, with the hardening of compose.yaml. */
  async function run(image: string, args: readonly string[] = []): Promise<string> {
    const out = new PassThrough()
    const HostConfig = { AutoRemove: true, ReadonlyRootfs: true, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'], NetworkMode: 'none' }
    const said = text(out)
    await docker.run(image, [...args], out, { Tty: true, HostConfig })
    out.end()
    return said
  }

  const toxiproxy: ImageSpec = { name: 'toxiproxy', image: `registry.invalid/toxiproxy:${MARK}`, build: { context: join(ROOT, 'compose/images/toxiproxy') } }

  test('a tool is built from scratch in place of an image that cannot be pulled, and found at once the next time', async () => {
    const first = await provide([toxiproxy])
    expect(first.images[0]).toMatchObject({ service: 'toxiproxy', reference: `readiness/toxiproxy:${MARK}`, source: 'built', insteadOf: toxiproxy.image })
    expect(first.states).toEqual(['pulling', 'building', 'built'])
    expect(await run(first.images[0]?.reference ?? '', ['-version'])).toContain('toxiproxy-server version 2.12.0')

    const began = performance.now()
    const second = await provide([toxiproxy])
    expect(second).toMatchObject({ images: [{ id: first.images[0]?.id, source: 'found' }], states: ['found'] })
    expect(performance.now() - began).toBeLessThan(3_000)
    const [row] = await listImages([toxiproxy], { root: ROOT, env: process.env, clock: systemClock })
    expect(row).toMatchObject({ state: 'found', wanted: toxiproxy.image, reference: `readiness/toxiproxy:${MARK}`, from: 'built from compose/images/toxiproxy' })
  })

  test('a service is bundled and runs; changed, it is built again and its former image is gone', async () => {
    const main = join(directory, 'main.ts')
    const service: ImageSpec = { name: 'shop', image: `readiness/shop:${MARK}`, build: { context: join(ROOT, 'compose/images/service') }, main }
    writeFileSync(main, serviceThatSays('one'))
    const first = await provide([service])
    expect(first).toMatchObject({ images: [{ source: 'built', reference: service.image }], states: ['building', 'built'] })
    expect(first.images[0]?.insteadOf).toBeUndefined()
    expect(await run(service.image ?? '')).toContain('200 one as 65534')
    expect((await provide([service])).states).toEqual(['found'])

    writeFileSync(main, serviceThatSays('two'))
    const [row] = await listImages([service], { root: ROOT, env: process.env, clock: systemClock })
    expect(row?.state).toBe('stale')
    // what has lost its name only just now might be somebody's who is still building
    const later: Clock = { ...systemClock, now: () => Date.now() + 120_000 }
    expect((await provide([service], { clock: later })).states).toEqual(['building', 'built'])
    expect(await run(service.image ?? '')).toContain('200 two as 65534')
    await expect(docker.getImage(first.images[0]?.id ?? '').inspect()).rejects.toMatchObject({ statusCode: 404 })
  })

  test('an image that the environment names and nobody has is refused with what the engine says, and nothing is built', async () => {
    const own: ImageSpec = { ...toxiproxy, image: `\${OWN_IMAGE:-readiness/own:${MARK}}` }
    const attempt = provide([own], { env: { OWN_IMAGE: `registry.invalid/own:${MARK}` } })
    await expect(attempt).rejects.toMatchObject({ code: 'IMAGE_MISSING', exitCode: 4, message: expect.stringMatching(/own:test-\d+ for toxiproxy: cannot be pulled: .*registry\.invalid/) })
    expect((await ownTags()).filter((tag) => tag.includes('own'))).toEqual([])
  })

  test('all that are not to be had are named at once, each with its own reason', async () => {
    const failing = { name: 'failing', image: `readiness/failing:${MARK}`, build: { context: context('failing', 'FROM debian:bookworm-slim\nRUN echo no luck && exit 7\nUSER 1:1\n') } }
    const baseless = { name: 'baseless', image: `readiness/baseless:${MARK}`, build: { context: context('baseless', 'FROM registry.invalid/base:1\n') } }
    const lost = { name: 'lost', image: `registry.invalid/lost:${MARK}` }
    const error = await provide([toxiproxy, failing, baseless, lost]).catch((thrown: unknown) => thrown as HarnessError)
    const message = (error as HarnessError).message
    expect(message).toMatch(/^3 images are not to be had:/)
    expect(message).toMatch(/failing:test-\d+ for failing: cannot be built: .*returned a non-zero code: 7/)
    expect(message).toMatch(/for baseless: cannot be built: its base image registry\.invalid\/base:1 .*cannot be pulled \(.*\); \.ci\/base-image/)
    expect(message).toMatch(/lost:test-\d+ for lost: cannot be pulled: .*registry\.invalid/)
  })

  test('interrupted, a build ends at once and leaves nothing behind', async () => {
    const slow = { name: 'slow', image: `readiness/slow:${MARK}`, build: { context: context('slow', 'FROM debian:bookworm-slim\nRUN sleep 61\n') } }
    const interrupt = new AbortController()
    const onProgress = ({ detail }: ImageProgress) => detail?.includes('Running in') && interrupt.abort(new HarnessError('INTERRUPTED', 'stop'))
    const began = performance.now()
    await expect(provide([slow], { signal: interrupt.signal, onProgress })).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(performance.now() - began).toBeLessThan(20_000)
    const sleeping = async () => (await docker.listContainers()).filter(({ Command }) => Command.includes('sleep 61'))
    await expect.poll(sleeping, { timeout: 15_000 }).toEqual([])
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`readiness-harness-image-${process.pid}-`))).toEqual([])
  })
})

/** Asks itself once over fastify, says what it answered and who it is, and ends. */
function serviceThatSays(word: string): string {
  return `import { fastify } from 'fastify'
const app = fastify()
app.get('/', async () => '${word}')
const answer = await app.inject('/')
process.stdout.write(\`\${answer.statusCode} \${answer.body} as \${process.getuid?.()}\\n\`)
`
}
