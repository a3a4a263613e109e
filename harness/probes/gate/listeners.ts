// Every door of every service: those that are open now, and those that Compose would open to the world.
import { isLoopback } from '../../model/insight.ts'
import { observe } from '../probe.ts'
import type { GateProbe } from './gate-probe.ts'
import { insightOf } from './inside.ts'

/** The harness itself publishes on loopback only, whatever Compose says: what that says is looked at as well. Dead services have no doors. */
export const listeners: GateProbe<'listeners'> = (_check, { rig, signal }) =>
  observe(signal, [], async () => {
    const insight = insightOf(rig)
    const found = await Promise.all(
      rig.stack.services.map(async ({ name: service, publishedOn = [] }) => {
        const open = (await rig.state(service)) === 'stopped' ? [] : await insight.listeners(service)
        const declared = publishedOn.map(({ host, port }) => ({ address: rig.resolve(host), port })).map((door) => ({ ...door, loopback: isLoopback(door.address) }))
        return [...open, ...declared.filter(({ loopback }) => !loopback)].map((door) => ({ service, ...door }))
      }),
    )
    return { value: found.flat() }
  })
