// Whether a service can connect to another one that it has nothing to say to: tried for its sake.
import type { CheckOf } from '../../model/gate-check.ts'
import type { ServiceSpec } from '../../model/stack.ts'
import { attempt, observe } from '../probe.ts'
import type { Seen } from '../probe.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { insightOf, portOf, specOf } from './inside.ts'

type Pair = CheckOf<'separated'>['pairs'][number]
type Tried = Pair & { readonly connected: boolean }

/** Every pair that could be tried; `missing` names the first that could not. */
export const separated: GateProbe<'separated'> = ({ pairs }, scene) =>
  observe(scene.signal, [], async () => {
    const tried: Seen<readonly Tried[]>[] = []
    for (const pair of pairs) tried.push(await attempt(scene.signal, [], () => tryPair(scene, pair)))
    return { value: tried.flatMap(({ value }) => value), missing: tried.find(({ missing }) => missing !== undefined)?.missing }
  })

async function tryPair({ rig }: GateScene, { from, to }: Pair): Promise<Seen<readonly Tried[]>> {
  const insight = insightOf(rig)
  if (!shareNetwork(specOf(rig, from), specOf(rig, to))) {
    return { value: [], missing: `Compose has ${from} and ${to} on networks of their own, and a run of the harness has but one` }
  }
  const down = (await Promise.all([from, to].map(async (service) => ({ service, state: await rig.state(service) })))).find(({ state }) => state !== 'running')
  if (down !== undefined) return { value: [], missing: `${down.service} is ${down.state}, so that nobody can tell` }
  const connected = await insight.connects(from, to, portOf(rig, to))
  return connected === undefined ? { value: [], missing: `nobody can try to connect for ${from}` } : { value: [{ from, to, connected }] }
}

/** A service that names none is on the one that all others without a name are on. */
function shareNetwork(one: ServiceSpec, other: ServiceSpec): boolean {
  const networks = ({ container }: ServiceSpec) => container?.networks ?? ['default']
  return networks(one).some((network) => networks(other).includes(network))
}
