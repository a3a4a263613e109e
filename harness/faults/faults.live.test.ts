// Every kind against a real Toxiproxy and real servers: it bites, it is undone, it is gone; and without it the proof
// must not hold.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from '../model/fault.ts'
import { systemClock } from '../time/clock.ts'
import type { World } from './fault-kind.ts'
import {
  applyFault,
  lookAt,
  performUndo,
  preflight,
  proveFault,
  proveGone,
  resolveFaults,
  sweepProxies,
  undoOf,
} from './index.ts'
import { openProxyControl } from './proxy-control.ts'
import { hasPostgres, livePostgres } from './testing/live-postgres.ts'
import type { LivePostgres } from './testing/live-postgres.ts'
import { liveUpstream } from './testing/live-process.ts'
import { startLiveRig, toxiproxyBinary } from './testing/live-rig.ts'
import type { LiveRig } from './testing/live-rig.ts'

const SUBNET = '127.64.1'
const WEB = 'client->web'
const DB = 'web->db'
const edges = [
  { name: WEB, from: 'client', to: 'web', listenPort: 20_002, upstreamPort: 8081 },
  { name: DB, from: 'web', to: 'db', listenPort: 20_012, upstreamPort: 5432 },
]
const signal = new AbortController().signal
/** Five times as fast: for proofs that must wait in vain. */
const hurriedClock = {
  now: () => Date.now() * 5,
  sleep: (ms: number, stop?: AbortSignal) => systemClock.sleep(ms / 5, stop),
}

/** Edge is filled in by the tests. */
type Toxic = { readonly [key: string]: unknown; readonly kind: Fault['kind'] }
const TOXICS: readonly Toxic[] = [
  { kind: 'latency', latency: '400ms' },
  { kind: 'latency', latency: '80ms' },
  { kind: 'latency', latency: '60ms', jitter: '60ms' },
  { kind: 'latency', latency: '300ms', direction: 'upstream' },
  { kind: 'latency', latency: '300ms', toxicity: 0.3 },
  { kind: 'bandwidth', rate: 0 },
  { kind: 'bandwidth', rate: 40 },
  { kind: 'bandwidth', rate: 20, direction: 'upstream' },
  { kind: 'timeout' },
  { kind: 'timeout', after: '300ms' },
  { kind: 'timeout', direction: 'upstream' },
  { kind: 'reset_peer' },
  { kind: 'reset_peer', after: '200ms' },
  { kind: 'reset_peer', direction: 'upstream' },
  { kind: 'slicer', size: 100 },
  { kind: 'slicer', size: 500, variation: 50, delay: '2ms' },
  { kind: 'slicer', size: 500, delay: '5ms', direction: 'upstream' },
  { kind: 'limit_data', bytes: 500 },
  { kind: 'limit_data', bytes: 500, direction: 'upstream' },
  { kind: 'slow_close', delay: '300ms' },
  { kind: 'slow_close', delay: '300ms', direction: 'upstream' },
  { kind: 'outage' },
]

describe.skipIf(!toxiproxyBinary)('with a real Toxiproxy (skipped when the harness has none)', () => {
  let postgres: LivePostgres | undefined
  let rig: LiveRig
  let world: World

  beforeAll(async () => {
    const web = liveUpstream({ host: `${SUBNET}.2`, port: 8081 })
    // Without a Postgres something else stands in its place, and the tests that speak to it are skipped.
    postgres = hasPostgres() ? livePostgres(`${SUBNET}.3`) : undefined
    rig = await startLiveRig({
      subnet: SUBNET,
      edges,
      services: { web, db: postgres ?? liveUpstream({ host: `${SUBNET}.3`, port: 5432 }) },
    })
    const onRestart = (why: string) => expect.unreachable(why)
    world = { rig, clock: systemClock, control: openProxyControl({ rig, clock: systemClock, onRestart }) }
  })
  afterAll(async () => {
    await rig?.stop()
    postgres?.removeData()
  })

  const only = (fault: unknown) => {
    const [ref] = resolveFaults([fault as Fault], rig.stack)
    if (!ref) throw new Error('no target')
    return ref
  }

  async function liveThrough(fault: unknown) {
    const ref = only(fault)
    const before = await lookAt(ref, world, signal)
    const undo = await undoOf(ref, world)
    await applyFault(ref, world, signal)
    const bite = await proveFault({ ref, before }, world, signal)
    await performUndo(undo, world, signal)
    await performUndo(undo, world, signal)
    const gone = await proveGone({ ref, before }, world, signal)
    expect(bite).toMatchObject({ holds: true })
    expect(gone).toMatchObject({ holds: true })
    expect(await preflight(world, signal)).toEqual([])
  }

  test.for(TOXICS)('an HTTP callee: %j bites, is undone twice, and is gone', (toxic) =>
    liveThrough({ ...toxic, edge: WEB, for: '1m' }),
  )

  test.runIf(hasPostgres()).for(TOXICS)('a Postgres callee: %j bites, is undone twice, and is gone', (toxic) =>
    liveThrough({ ...toxic, edge: DB, for: '1m' }),
  )

  test.for(['crash', 'freeze'])('a service: %s bites, is undone twice, and is gone', (kind) =>
    liveThrough({ kind, service: 'web', for: '1m' }),
  )

  test('sabotage: no proof holds when the toxic was never added', async () => {
    const faults = [
      ...TOXICS.map((toxic) => ({ ...toxic, edge: WEB, for: '1m' })),
      { kind: 'crash', service: 'web', for: '1m' },
      { kind: 'freeze', service: 'web', for: '1m' },
    ]
    const proofs = await Promise.all(
      faults.map(async (fault) => {
        const ref = only(fault)
        const before = await lookAt(ref, world, signal)
        return proveFault({ ref, before }, { ...world, clock: hurriedClock }, signal)
      }),
    )
    expect(proofs.filter(({ holds }) => holds)).toEqual([])
  })

  test('sabotage: a fault that was never undone is not gone', async () => {
    const ref = only({ kind: 'latency', latency: '300ms', edge: WEB, for: '1m' })
    const before = await lookAt(ref, world, signal)
    await applyFault(ref, world, signal)
    const gone = await proveGone({ ref, before }, world, signal)
    await performUndo(await undoOf(ref, world), world, signal)
    expect(gone).toMatchObject({ holds: false, seen: expect.stringMatching(/first byte after 3\d\d ms/) })
  })

  test('an outage of an edge whose proxy is disabled already cannot be proved', async () => {
    await world.control.setEnabled(WEB, false, signal)
    const ref = only({ kind: 'outage', edge: WEB, for: '1m' })
    const before = await lookAt(ref, world, signal)
    const proof = await proveFault({ ref, before }, world, signal)
    await world.control.setEnabled(WEB, true, signal)
    expect(proof).toMatchObject({
      holds: false,
      seen: 'cannot be proved: nothing answered before the fault',
      before: 'connection refused',
    })
  })

  test('preflight names what is wrong with a proxy, and a sweep mends it', async () => {
    const toxic = {
      name: 'somebody-else',
      type: 'latency',
      stream: 'downstream',
      toxicity: 1,
      attributes: { latency: 1, jitter: 0 },
    } as const
    await world.control.addToxic(DB, toxic, signal)
    await world.control.setEnabled(WEB, false, signal)
    expect(await preflight(world, signal)).toEqual([
      { edge: WEB, problem: 'its proxy is disabled' },
      { edge: DB, problem: 'its proxy has toxics already: somebody-else' },
    ])
    expect((await sweepProxies(world, signal)).sort()).toEqual([`enabled ${WEB}`, `removed somebody-else from ${DB}`])
    expect(await preflight(world, signal)).toEqual([])
  })
})
