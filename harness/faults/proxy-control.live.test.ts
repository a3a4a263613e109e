// The control of a real Toxiproxy when it refuses, hangs, dies or forgets.
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../time/clock.ts'
import type { World } from './fault-kind.ts'
import { preflight } from './index.ts'
import { openProxyControl } from './proxy-control.ts'
import { liveUpstream } from './testing/live-process.ts'
import { startLiveRig, toxiproxyBinary } from './testing/live-rig.ts'
import type { LiveRig } from './testing/live-rig.ts'

const SUBNET = '127.64.2'
const edges = [
  { name: 'client->web', from: 'client', to: 'web', listenPort: 20_002, upstreamPort: 8081 },
  { name: 'other->web', from: 'other', to: 'web', listenPort: 20_003, upstreamPort: 8081 },
]
const signal = new AbortController().signal
const toxic = {
  name: 'harness-0-latency',
  type: 'latency',
  stream: 'downstream',
  toxicity: 1,
  attributes: { latency: 7, jitter: 3 },
} as const

describe.skipIf(!toxiproxyBinary)('with a real Toxiproxy (skipped when the harness has none)', () => {
  let rig: LiveRig
  let world: World
  let restarts: { why: string; restored: string[] }[]

  beforeEach(async () => {
    rig = await startLiveRig({
      subnet: SUBNET,
      edges,
      services: { web: liveUpstream({ host: `${SUBNET}.2`, port: 8081 }) },
    })
    restarts = []
    world = worldOn(rig)
  })
  afterEach(() => rig.stop())

  function worldOn(live: LiveRig): World {
    const onRestart = (why: string, restored: string[]) => void restarts.push({ why, restored })
    return {
      rig: live,
      clock: systemClock,
      control: openProxyControl({ rig: live, clock: systemClock, onRestart, deadlineMs: 500 }),
    }
  }

  test('a refusal carries the words of the server', async () => {
    await expect(world.control.addToxic('no->edge', toxic, signal)).rejects.toMatchObject({
      code: 'FAULT_NOT_APPLIED',
      message: 'could not add harness-0-latency to no->edge: GET /proxies/no->edge answered 404: proxy not found',
    })
    const wrong = { ...toxic, attributes: { latency: 0.5 } }
    await expect(world.control.addToxic('client->web', wrong, signal)).rejects.toThrow(
      /answered 400: .*cannot unmarshal/,
    )
    await world.control.addToxic('client->web', toxic, signal)
    await expect(world.control.addToxic('client->web', toxic, signal)).rejects.toThrow(
      'answered 409: toxic already exists',
    )
    expect(restarts).toEqual([])
  })

  test('removing what is not there is no error', async () => {
    await world.control.removeToxic('client->web', 'harness-9-slicer', signal)
    await world.control.removeToxic('no->edge', 'harness-9-slicer', signal)
    expect(restarts).toEqual([])
  })

  test('a frozen server is restarted, and only faults that should be active come back', async () => {
    await preflight(world, signal)
    await world.control.addToxic('client->web', toxic, signal)
    await world.control.addToxic('other->web', { ...toxic, name: 'harness-1-latency' }, signal)
    await world.control.setEnabled('other->web', false, signal)
    await rig.freeze('toxiproxy')
    await world.control.removeToxic('client->web', toxic.name, signal)
    expect(restarts).toEqual([
      {
        why: expect.stringContaining('waited 0.5 s for Toxiproxy to remove harness-0-latency from client->web'),
        restored: [
          'proxy client->web',
          'proxy other->web',
          'latency on other->web (harness-1-latency)',
          'outage on other->web',
        ],
      },
    ])
    expect(await world.control.proxies(signal)).toMatchObject([
      { name: 'client->web', enabled: true, toxics: [] },
      {
        name: 'other->web',
        enabled: false,
        toxics: [{ name: 'harness-1-latency', type: 'latency', attributes: { latency: 7, jitter: 3 } }],
      },
    ])
  })

  test('two calls that hang at once lead to one restart, and both are done', async () => {
    await preflight(world, signal)
    await rig.freeze('toxiproxy')
    await Promise.all([
      world.control.addToxic('client->web', toxic, signal),
      world.control.setEnabled('other->web', false, signal),
    ])
    expect(restarts).toHaveLength(1)
    expect(await preflight(world, signal)).toEqual([
      { edge: 'client->web', problem: 'its proxy has toxics already: harness-0-latency' },
      { edge: 'other->web', problem: 'its proxy is disabled' },
    ])
  })

  test('a server that died is started again, and a reading call still gives its answer', async () => {
    await rig.kill('toxiproxy')
    expect(await preflight(world, signal)).toEqual([])
    expect(restarts).toHaveLength(1)
  })

  test('a proxy that does not come back with the restart is created anew where it was', async () => {
    await preflight(world, signal)
    writeFileSync(rig.config, '[]')
    await rig.freeze('toxiproxy')
    await world.control.addToxic('client->web', toxic, signal)
    expect(restarts[0]?.restored).toEqual([
      'proxy client->web, created anew',
      'latency on client->web (harness-0-latency)',
      'proxy other->web, created anew',
    ])
    expect(await preflight(world, signal)).toEqual([
      { edge: 'client->web', problem: 'its proxy has toxics already: harness-0-latency' },
    ])
  })

  test('a proxy that is gone and was never seen is said to be lost', async () => {
    writeFileSync(rig.config, '[]')
    await rig.freeze('toxiproxy')
    await expect(world.control.addToxic('client->web', toxic, signal)).rejects.toMatchObject({
      code: 'CONTROL_API_HUNG',
      message: 'proxy client->web did not come back with the restart and its addresses are not known',
    })
  })

  test('a control API that accepts and never answers ends at its deadline, and the real one comes back', async () => {
    await preflight(world, signal)
    await rig.kill('toxiproxy')
    const mute = await muteServer()
    const kill = async (service: string) => (service === 'toxiproxy' ? mute.close() : rig.kill(service))
    const state = async (service: string) => (service === 'toxiproxy' ? ('running' as const) : rig.state(service))
    const hung = worldOn({ ...rig, kill, state })
    const started = Date.now()
    await hung.control.addToxic('client->web', toxic, signal)
    expect(Date.now() - started).toBeGreaterThanOrEqual(500)
    expect(restarts).toEqual([
      {
        why: expect.stringContaining('waited 0.5 s'),
        restored: ['proxy client->web', 'latency on client->web (harness-0-latency)', 'proxy other->web'],
      },
    ])
  })

  test('an interruption ends a hanging call at once and restarts nothing', async () => {
    await rig.freeze('toxiproxy')
    const stop = new AbortController()
    const call = world.control.proxies(stop.signal)
    stop.abort(new Error('Ctrl-C'))
    await expect(call).rejects.toThrow('Ctrl-C')
    expect(restarts).toEqual([])
  })
})

/** In place of the control API: accepts, and never says a word. */
async function muteServer() {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => void sockets.add(socket)).listen(8474, `${SUBNET}.1`)
  await once(server, 'listening')
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
