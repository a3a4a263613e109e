// What is trusted from the cache, and when a tool gets a new place in it.
import { appendFile, chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { binaryPath, cacheRoot, manifestPath, placeOf, readCached } from './cache.ts'
import { type FakeRepository, fakeRepository } from './fake-repository.ts'
import { readTools, type Tool } from './tool.ts'

let fake: FakeRepository
let widget: Tool
beforeEach(async () => {
  fake = await fakeRepository()
  widget = (await readTools(fake.root))[0] as Tool
})
afterEach(() => fake[Symbol.asyncDispose]())

describe('cacheRoot', () => {
  it('prefers HARNESS_CACHE, then an absolute XDG_CACHE_HOME, then ~/.cache', () => {
    const env = { HOME: '/h', XDG_CACHE_HOME: '/x' }
    expect(cacheRoot({ ...env, HARNESS_CACHE: '/c' })).toBe('/c')
    expect(cacheRoot(env)).toBe('/x/readiness-harness')
    expect(cacheRoot({ ...env, XDG_CACHE_HOME: 'relative' })).toBe('/h/.cache/readiness-harness')
  })
})

describe('placeOf', () => {
  it('stays for the same module and recipe', async () => {
    expect(await placeOf(widget, fake)).toBe(await placeOf({ ...widget, usualSeconds: 9 }, fake))
  })
  it('moves with version, tags, ldflags, go.mod and go.sum', async () => {
    const places = [await placeOf(widget, fake), await placeOf({ ...widget, version: '1.2.1' }, fake)]
    const recipe = widget.recipe as Extract<Tool['recipe'], { kind: 'go' }>
    places.push(await placeOf({ ...widget, recipe: { ...recipe, tags: [] } }, fake))
    places.push(await placeOf({ ...widget, recipe: { ...recipe, ldflags: '' } }, fake))
    for (const file of ['go.mod', 'go.sum']) {
      await appendFile(join(fake.root, 'compose/toolchain/widget', file), '\n')
      places.push(await placeOf(widget, fake))
    }
    expect(new Set(places).size).toBe(6)
  })
})

it('trusts a tool in /tmp only while none of its files is missing', async () => {
  const place = await placeOf(widget, fake)
  const shared = await fake.program(join(place, 'share/zones/Paris'), 'a data file')
  await fake.program(binaryPath(place, 'widget'), 'v1.2.0')
  const binaries = { widget: { version: '1.2.0', size: 24 } }
  await writeFile(manifestPath(place), JSON.stringify({ tool: 'widget', seconds: 1, binaries, entries: 6 }))
  expect((await readCached(widget, place))?.size).toBe(1)
  await rm(shared)
  expect(await readCached(widget, place)).toBeUndefined()
})

async function makeDirectory(place: string): Promise<void> {
  await rm(binaryPath(place, 'widget'))
  await mkdir(binaryPath(place, 'widget'))
}

describe('readCached', () => {
  async function fill(): Promise<string> {
    const place = await placeOf(widget, fake)
    await fake.program(binaryPath(place, 'widget'), 'v1.2.0')
    const binaries = { widget: { version: '1.2.0', size: 24 } }
    await writeFile(manifestPath(place), JSON.stringify({ tool: 'widget', seconds: 1, binaries }))
    return place
  }
  it('gives path and version of a whole tool', async () => {
    const place = await fill()
    const wanted = { path: join(place, 'bin/widget'), version: '1.2.0' }
    expect((await readCached(widget, place))?.get('widget')).toEqual(wanted)
  })
  it.each([
    ['the directory is not there', (place: string) => rm(place, { recursive: true })],
    ['the manifest is missing', (place: string) => rm(manifestPath(place))],
    ['the manifest is cut short', (place: string) => writeFile(manifestPath(place), '{"tool":')],
    ['the binary is missing', (place: string) => rm(binaryPath(place, 'widget'))],
    ['the binary is cut short', (place: string) => writeFile(binaryPath(place, 'widget'), '#!')],
    ['the binary may not be run', (place: string) => chmod(binaryPath(place, 'widget'), 0o644)],
    ['the binary is a directory', makeDirectory],
  ])('trusts nothing when %s', async (_, damage) => {
    const place = await fill()
    await damage(place)
    expect(await readCached(widget, place)).toBeUndefined()
  })
})
