// The order in which a tool is looked for, with scripts that pose as tools.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { ensureTools } from './ensure.ts'
import { type FakeRepository, fakeRepository } from './fake-repository.ts'
import { findTool, type Search } from './find.ts'
import { inspectTools } from './inspect.ts'
import { readTools, type Tool } from './tool.ts'

let fake: FakeRepository
beforeEach(async () => {
  fake = await fakeRepository()
})
afterEach(() => fake[Symbol.asyncDispose]())

async function find(name: string, env: NodeJS.ProcessEnv = {}): Promise<Search> {
  const tool = (await readTools(fake.root)).find((one) => one.name === name) as Tool
  return findTool(tool, { root: fake.root, env: { ...fake.env, ...env }, clock: systemClock })
}

describe('findTool', () => {
  it('finds nothing where there is nothing', async () => {
    expect((await find('widget')).found.size).toBe(0)
  })
  it('takes what the operator names, without asking its version', async () => {
    await fake.program(join(fake.bin, 'widget'), 'v9.0.0')
    const path = await fake.program(join(fake.root, 'mine'), 'no version at all')
    expect((await find('widget', { HARNESS_WIDGET: path })).found.get('widget')).toEqual({ source: 'explicit', path })
  })
  it('refuses a named path that is no program, instead of taking another', async () => {
    await fake.program(join(fake.bin, 'widget'), 'v9.0.0')
    await expect(find('widget', { HARNESS_WIDGET: '/nowhere/widget' })).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining('HARNESS_WIDGET=/nowhere/widget'),
    })
  })
  it('takes PATH before the cache when it is new enough', async () => {
    await ensureTools(['widget'], fake)
    expect((await find('widget')).found.get('widget')).toMatchObject({ source: 'cache', version: '1.2.0' })
    const path = await fake.program(join(fake.bin, 'widget'), 'v1.0.0')
    expect((await find('widget')).found.get('widget')).toEqual({ source: 'path', path, version: '1.0.0' })
  })
  it('takes the cache and nothing else when it must be the pinned one', async () => {
    const path = await fake.program(join(fake.bin, 'widget'), 'v9.0.0')
    const paths = await ensureTools(['widget'], { ...fake, env: { ...fake.env, HARNESS_WIDGET: path }, pinned: true })
    expect(paths.get('widget')).toContain(fake.cache)
    expect((await ensureTools(['widget'], fake)).get('widget')).toBe(path)
  })
  it('knows a tool by its other names', async () => {
    const path = await fake.program(join(fake.bin, 'old-widget'), 'v1.1.0')
    expect((await find('widget')).found.get('widget')?.path).toBe(path)
  })
  it('passes over what is too old or something else, and goes on along PATH', async () => {
    const old = await fake.program(join(fake.bin, 'widget'), 'v0.9.0')
    const other = await fake.program(join(fake.root, 'more/widget'), 'a text editor')
    const good = await fake.program(join(fake.root, 'last/widget'), 'v1.3.0')
    const path = [fake.bin, `${fake.root}/more`, 'relative', `${fake.root}/last`, '/usr/bin', '/bin'].join(':')
    const search = await find('widget', { PATH: path })
    expect(search.found.get('widget')?.path).toBe(good)
    expect(search.passed).toEqual([{ path: old, version: '0.9.0' }, { path: other, version: undefined }])
  })
  it('does not take half of a tool from PATH', async () => {
    await fake.program(join(fake.bin, 'left'), 'v1.2.0')
    expect((await find('pair')).found.size).toBe(0)
    const right = await fake.program(join(fake.root, 'right'), 'v1.2.0')
    const search = await find('pair', { HARNESS_RIGHT_HAND: right })
    expect([...search.found.values()].map(({ source }) => source).toSorted()).toEqual(['explicit', 'path'])
  })
})

describe('inspectTools', () => {
  it('tells source, version and remedy of each binary, and builds nothing', async () => {
    const old = await fake.program(join(fake.bin, 'widget'), 'v0.9.0')
    const left = await fake.program(join(fake.root, 'left'), 'v2.0.0')
    const env = { ...fake.env, HARNESS_LEFT: left }
    const [widget, one, other] = await inspectTools({ root: fake.root, env })
    expect(widget).toMatchObject({ binary: 'widget', source: 'missing', wanted: '1.2.0', minimum: '1.0.0' })
    expect(widget?.remedy).toContain('HARNESS_WIDGET=/path/to/widget')
    expect(widget?.remedy).toContain(`not ${old}: 0.9.0 < 1.0.0`)
    expect(one).toMatchObject({ binary: 'left', source: 'explicit', version: '2.0.0', path: left, remedy: '' })
    expect(other).toMatchObject({ binary: 'right-hand', source: 'missing' })
    await expect(fake.log()).rejects.toMatchObject({ code: 'ENOENT' })
  })
  it('reports a wrong variable instead of ending there', async () => {
    const env = { ...fake.env, HARNESS_WIDGET: '/nowhere' }
    const [widget] = await inspectTools({ root: fake.root, env, names: ['widget'] })
    expect(widget).toMatchObject({ source: 'missing', remedy: expect.stringContaining('HARNESS_WIDGET=/nowhere') })
  })
})
