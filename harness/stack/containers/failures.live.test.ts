// What can go wrong when a stack of containers starts: each tried for real, told with the words of the engine or the service, and gone afterwards.
import { describe, expect, test } from 'vitest'
import { HarnessError, messageOf } from '../../errors.ts'
import { systemClock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import { IMAGE, PORT, stage, whyNoEngine } from './testing/stage.ts'
import type { StageOptions, TestService } from './testing/stage.ts'

const whyNot = await whyNoEngine()

interface Failed {
  readonly error: HarnessError
  /** All that it says, causes included. */
  readonly text: string
  readonly ms: number
  readonly left: readonly string[]
}

async function failing(services: Readonly<Record<string, TestService>>, options: StageOptions = {}): Promise<Failed> {
  await using staged = await stage(services, options)
  const began = performance.now()
  const error = await staged.start().then(() => expect.unreachable('it started'), (thrown: unknown) => thrown as HarnessError)
  const ms = performance.now() - began
  await staged.opened.stop()
  return { error, text: messageOf(error), ms, left: await staged.left() }
}

describe.skipIf(whyNot !== '')(`a stack that does not start${whyNot}`, () => {
  test('image missing', async () => {
    const { error, text, left } = await failing({ a: {}, b: {} }, { images: new Map([['a', IMAGE], ['b', 'readiness/nowhere:1']]) })
    expect(error).toMatchObject({ code: 'IMAGE_MISSING', exitCode: 4, hint: expect.stringContaining('harness images') })
    expect(text).toMatch(/could not start b: .*readiness\/nowhere:1.* does not exist locally/)
    expect(left).toEqual([])
  })

  test('host port taken', async () => {
    const same = new Map([[PORT, 31_999]])
    const { error, text, left } = await failing({ a: {}, b: { dependsOn: ['a'] } }, { ports: new Map([['a', same], ['b', same]]) })
    expect(error).toMatchObject({ code: 'ADDRESS_TAKEN', exitCode: 4, hint: expect.stringContaining('start again') })
    expect(text).toMatch(/could not start b: .*127\.0\.0\.1:31999 failed: port is already allocated/)
    expect(left).toEqual([])
  })

  test('exits at once, which is noticed at once', async () => {
    const command = ['sh', '-c', 'echo first; echo last words >&2; exit 3']
    const { error, text, ms, left } = await failing({ a: {}, b: { command } })
    expect(error).toMatchObject({ code: 'SERVICE_DIED', exitCode: 4, hint: expect.stringMatching(/^read .*artifacts\/logs\/b\.log$/) })
    expect(text).toMatch(/^b ended with exit code 3 while starting; its last lines:\n(.*\n)*.*last words/)
    expect(ms).toBeLessThan(8_000)
    expect(left).toEqual([])
  })

  test('a program that the image does not have', async () => {
    const { error, text, left } = await failing({ a: { command: ['no-such-program'] } })
    expect(error).toMatchObject({ code: 'ENGINE_REFUSED', exitCode: 4 })
    expect(text).toMatch(/could not start a: .*no-such-program.*not found/)
    expect(left).toEqual([])
  })

  test('never gets ready: a port on which nobody listens, though the proxy of the engine accepts', async () => {
    const { error, text, left } = await failing({ a: { command: ['sh', '-c', 'echo waiting for nothing; sleep 60'] } }, { readyWithin: 1_500 })
    expect(error).toMatchObject({ code: 'STACK_NOT_READY', exitCode: 4, hint: expect.stringMatching(/a\.log$/) })
    expect(text).toMatch(/^a did not get ready; its last lines:\n {2}waiting for nothing: waited 1\.5 s for a to be ready/)
    expect(left).toEqual([])
  })

  test('never gets ready: what its ready path answers is told', async () => {
    const { error, text } = await failing({ a: { ready: ':8081/ready', ports: [PORT, 8081] } }, { readyWithin: 1_500 })
    expect(error.code).toBe('STACK_NOT_READY')
    expect(text).toMatch(/last answer: (fetch failed|.*ECONNRESET|.*other side closed)/)
  })

  test('never gets ready: what its health check says is told', async () => {
    const healthcheck = { test: ['CMD-SHELL', 'echo the cache is cold; exit 1'], interval: '200ms', retries: 1 }
    const { error, text } = await failing({ a: { container: { healthcheck } } }, { readyWithin: 4_000 })
    expect(error.code).toBe('STACK_NOT_READY')
    expect(text).toMatch(/its health check says: the cache is cold/)
  })

  test('disk full: a service whose disk has no room at its start', async () => {
    const command = ['sh', '-c', 'dd if=/dev/zero of=/data/file bs=1M count=4 && exec sleep 60']
    const { error, text, left } = await failing({ a: { command, container: { tmpfs: ['/data:size=1m'] } } })
    expect(error).toMatchObject({ code: 'SERVICE_DIED', exitCode: 4 })
    expect(text).toMatch(/dd: error writing '\/data\/file': No space left on device/)
    expect(left).toEqual([])
  })

  test('a limit that the engine refuses', async () => {
    const { error, text, left } = await failing({ a: { container: { memory: '1m' } } })
    expect(error).toMatchObject({ code: 'ENGINE_REFUSED', exitCode: 4 })
    expect(text).toMatch(/Minimum memory limit allowed is/)
    expect(left).toEqual([])
  })

  test.each([0, 100, 400, 900, 1_800])('interrupted %i ms after the start', async (ms) => {
    await using staged = await stage({ a: {}, b: { dependsOn: ['a'], container: { volumes: [{ name: 'data', target: '/data' }] } }, c: { command: ['sleep', '60'] } })
    const interrupt = new AbortController()
    const started = staged.start(interrupt.signal).catch((thrown: unknown) => thrown)
    await systemClock.sleep(ms)
    interrupt.abort(new HarnessError('INTERRUPTED', 'interrupted by a test'))
    const within = { clock: systemClock, within: 10_000, what: 'the start to end' }
    expect(await withDeadline(within, () => started)).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 })
    await staged.opened.stop()
    expect(await staged.left()).toEqual([])
    expect(staged.deaths).toEqual([])
  })
})
