// What the answers of an engine mean: the words of real ones.
import { expect, test } from 'vitest'
import { HarnessError } from '../../errors.ts'
import { fakeClock, systemClock } from '../../time/clock.ts'
import { asEngineError, askEngine } from './ask-engine.ts'

const answer = (statusCode: number, message: string) => Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message} `), { statusCode })
const broken = (code: string) => Object.assign(new Error(`connect ${code} /var/run/docker.sock`), { code })

test.each([
  [answer(404, 'No such image: readiness/nowhere:1'), 'IMAGE_MISSING'],
  [new Error('Image "readiness/nowhere:1" does not exist locally and pull policy is "never"'), 'IMAGE_MISSING'],
  [answer(500, 'driver failed programming external connectivity on endpoint a: Bind for 127.0.0.1:1 failed: port is already allocated'), 'ADDRESS_TAKEN'],
  [answer(500, 'failed to copy: write /var/lib/docker/x: no space left on device'), 'ENGINE_REFUSED'],
  [answer(500, 'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network'), 'ENGINE_REFUSED'],
  [answer(409, 'Conflict'), 'ENGINE_REFUSED'],
  [broken('ECONNREFUSED'), 'ENGINE_UNREACHABLE'],
  [broken('ENOENT'), 'ENGINE_UNREACHABLE'],
  [broken('ECONNRESET'), 'ENGINE_UNREACHABLE'],
  [new Error('Could not find a working container runtime strategy'), 'ENGINE_UNREACHABLE'],
  [new HarnessError('DEADLINE', 'waited 30 s for the engine to start a'), 'ENGINE_UNREACHABLE'],
])('%s is %s', (thrown, code) => {
  const error = asEngineError(thrown, 'start a')
  expect(error).toMatchObject({ code, exitCode: 4, cause: thrown })
  expect(error.message).toBe(`could not start a: ${thrown.message.trim()}`)
})

test('a full disk and a full list of networks say what to do', () => {
  expect(asEngineError(answer(500, 'no space left on device'), 'x').hint).toContain('docker system df')
  expect(asEngineError(answer(500, 'non-overlapping IPv4 address pool'), 'x').hint).toContain('docker network prune')
})

test('what is in our words already stays', () => {
  const died = new HarnessError('SERVICE_DIED', 'a ended')
  expect(asEngineError(died, 'start a')).toBe(died)
})

test('an engine that says nothing is given up, an interrupt is passed on', async () => {
  const silent = () => new Promise<never>(() => undefined)
  await expect(askEngine({ clock: fakeClock(), what: 'start a' }, silent)).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' })
  const interrupt = new HarnessError('INTERRUPTED', 'interrupted')
  await expect(askEngine({ clock: systemClock, what: 'start a', signal: AbortSignal.abort(interrupt) }, silent)).rejects.toBe(interrupt)
})
