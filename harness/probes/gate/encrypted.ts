// Whether the far end of an edge answers those who speak plainly, speaks TLS, and wants to see a certificate: asked directly, not by its proxy.
import { matchEdges } from '../../model/stack.ts'
import type { Edge } from '../../model/stack.ts'
import { observe } from '../probe.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { speakPlainly } from './plain-words.ts'
import { shakeHands } from './tls-words.ts'

/** A callee that nobody can connect to is a gap. */
export const encrypted: GateProbe<'encrypted'> = ({ edges }, scene) =>
  observe(scene.signal, [], async () => {
    const asked = edges.flatMap((pattern) => matchEdges(pattern, scene.rig.stack.edges))
    return { value: await Promise.all([...new Set(asked)].map((edge) => tryEdge(edge, scene))) }
  })

async function tryEdge({ name, to, upstreamPort }: Edge, { rig, clock, signal }: GateScene) {
  const place = { address: rig.address(to, upstreamPort), port: upstreamPort, clock, signal }
  const plain = await speakPlainly(place)
  const hands = await shakeHands(place)
  return { edge: name, plain, ...hands }
}
