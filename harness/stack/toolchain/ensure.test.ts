// Making tools, with a Go compiler that is a script: failures, several harnesses at once, and builders that are killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { placeOf } from './cache.ts'
import { ensureTools } from './ensure.ts'
import { type FakeRepository, fakeRepository } from './fake-repository.ts'
import { STALE_AFTER } from './lock.ts'
import type { ToolProgress } from './progress.ts'
import { readTools, type Tool } from './tool.ts'

let fake: FakeRepository
beforeEach(async () => {
  fake = await fakeRepository()
})
afterEach(() => fake[Symbol.asyncDispose]())

const until = (what: string, look: () => Promise<boolean>) =>
  poll({ clock: systemClock, within: 8_000, every: 10, what }, look)
const builds = async () => (await fake.log()).filter((line) => line === 'start').length
const leftovers = async () => (await readdir(fake.cache)).filter((name) => /\.(?:tmp|lock)/.test(name))
const place = async () => placeOf((await readTools(fake.root))[0] as Tool, fake)

/** Another harness process that asks for the widget; its output is the path. */
function otherHarness(env: NodeJS.ProcessEnv = {}) {
  const script = `const { ensureTools } = await import(${JSON.stringify(import.meta.resolve('./ensure.ts'))})
    const tools = await ensureTools(['widget'], { root: ${JSON.stringify(fake.root)}, env: process.env })
    process.stdout.write(tools.get('widget'))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { ...fake.env, ...env } })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  return { child, path: once(child, 'close').then(() => said) }
}

describe('ensureTools', () => {
  it('builds once, then finds', async () => {
    const seen: ToolProgress[] = []
    const options = { ...fake, onProgress: (progress: ToolProgress) => void seen.push(progress) }
    const paths = await ensureTools(['left', 'widget'], options)
    expect([...paths.keys()]).toEqual(['widget', 'left', 'right-hand'])
    expect(await ensureTools(['pair', 'widget'], options)).toEqual(paths)
    expect(await builds()).toBe(3)
    expect(await leftovers()).toEqual([])
    const steps = [...new Set(seen.map(({ tool, state, index, total }) => `${tool} ${state} ${index}/${total}`))]
    const made = ['widget building 1/2', 'widget ready 1/2', 'pair building 2/2', 'pair ready 2/2']
    expect(steps).toEqual([...made, 'widget found 0/0', 'pair found 0/0'])
  })
  it('names the tools there are when asked for another', async () => {
    const message = expect.stringContaining('known are widget, left')
    await expect(ensureTools(['wigdet'], fake)).rejects.toMatchObject({ code: 'TOOL_MISSING', message })
  })
  it('says which Go to install where there is none', async () => {
    await rm(join(fake.bin, 'go'))
    const env = { ...fake.env, PATH: fake.bin }
    await expect(ensureTools(['widget'], { ...fake, env })).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining('go is not installed'),
      hint: expect.stringMatching(/install Go >= 1\.25.*HARNESS_WIDGET=/),
    })
  })
  it('shows the command and the last lines of a build that fails', async () => {
    const env = { ...fake.env, GO_FAILS: '1' }
    await expect(ensureTools(['widget'], { ...fake, env })).rejects.toMatchObject({
      code: 'TOOL_BUILD_FAILED',
      message: expect.stringMatching(/widget 1\.2\.0: go build .*org\/widget ended with 1\n.*undefined: widget/),
    })
    expect(await readdir(fake.cache)).toEqual([])
  })
  it('keeps nothing that says it is another version', async () => {
    const env = { ...fake.env, BUILT_VERSION: '7.7.7' }
    await expect(ensureTools(['widget'], { ...fake, env })).rejects.toThrow('7.7.7')
    expect(await readdir(fake.cache)).toEqual([])
  })
  it('stops the build and leaves nothing when it is aborted', async () => {
    const abort = new AbortController()
    const onProgress = ({ state }: ToolProgress) => state === 'building' && abort.abort(new Error('Ctrl-C'))
    const env = { ...fake.env, GATED: '1' }
    await expect(ensureTools(['widget'], { ...fake, env, signal: abort.signal, onProgress })).rejects.toThrow('Ctrl-C')
    expect(await readdir(fake.cache)).toEqual([])
  })
})

describe('several harnesses at once', () => {
  it('build once, and all get the same path', async () => {
    const [one, other] = [otherHarness({ GATED: '1' }), otherHarness({ GATED: '1' })]
    await until('the build to begin', async () => (await builds()) > 0)
    const seen = new Set<string>()
    const third = ensureTools(['widget'], { ...fake, onProgress: ({ state }) => void seen.add(state) })
    await until('the third to wait', async () => seen.has('waiting'))
    await fake.openGate()
    const paths = [await one.path, await other.path, (await third).get('widget')]
    expect(new Set(paths)).toEqual(new Set([join(await place(), 'bin/widget')]))
    expect(await builds()).toBe(1)
    expect(await leftovers()).toEqual([])
  })
  it('recover when the one that builds is killed: nothing half-made is trusted or left', async () => {
    const killed = otherHarness({ GATED: '1' })
    await until('the build to begin', async () => (await builds()) > 0)
    killed.child.kill('SIGKILL')
    await killed.path
    expect(await leftovers()).toHaveLength(2)
    const then = new Date(Date.now() - STALE_AFTER - 1_000)
    await utimes(`${await place()}.lock`, then, then)
    await fake.openGate()
    expect((await ensureTools(['widget'], fake)).get('widget')).toBe(join(await place(), 'bin/widget'))
    expect(await builds()).toBe(2)
    expect(await leftovers()).toEqual([])
  })
  it('take over a lock that nobody renews', async () => {
    const lock = `${await place()}.lock`
    await mkdir(lock, { recursive: true })
    const then = new Date(Date.now() - STALE_AFTER - 1_000)
    await utimes(lock, then, then)
    await ensureTools(['widget'], fake)
    expect(await builds()).toBe(1)
  })
  it('make anew what was damaged', async () => {
    await ensureTools(['widget'], fake)
    await rm(join(await place(), 'bin/widget'))
    await ensureTools(['widget'], fake)
    expect(await builds()).toBe(2)
  })
})
