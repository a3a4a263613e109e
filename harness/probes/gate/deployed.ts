// Which of the services that were named are part of the stack, and whether each of them runs.
import type { GateProbe } from './gate-probe.ts'
import { observe } from '../probe.ts'

/** What is not part of the stack is left out. */
export const deployed: GateProbe<'deployed'> = ({ services }, { rig, signal }) =>
  observe(signal, [], async () => {
    const there = rig.stack.services.map(({ name }) => name).filter((name) => services.includes(name))
    return { value: await Promise.all(there.map(async (service) => ({ service, state: await rig.state(service) }))) }
  })
