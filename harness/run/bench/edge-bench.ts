// The price of an edge: one request through a proxy that does nothing, against the same request without it.
import { join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { Figures } from '../../load/k6-figures.ts'
import { runPlainK6 } from '../../load/plain-k6.ts'
import { rowOf } from '../../model/bench.ts'
import type { BenchRow } from '../../model/bench.ts'
import type { Address, Edge } from '../../model/stack.ts'
import { approach } from '../approach.ts'
import type { OnStack } from './bench-order.ts'
import { interleave } from './interleave.ts'

const SCRIPT = join('bench', 'one-request.ts')
const DURATION_MS = 8_000
const WARM_UP_MS = 3_000

/** Throughput and p95 of as many requests as four users can make. */
export async function benchEdge(stage: OnStack): Promise<readonly BenchRow[]> {
  const { rig, order } = stage
  const { edge, path } = quickest(stage)
  const side = (name: string, address: Address) => (round: number) => ask(stage, { name: `edge-${round}-${name}`, address, path, durationMs: DURATION_MS })
  const direct = rig.address(edge.to, edge.upstreamPort)
  await ask(stage, { name: 'edge-warm-up', address: direct, path, durationMs: WARM_UP_MS })
  const sides = { ours: side('ours', rig.edgeAddress(edge.name)), plain: side('plain', direct) }
  const pairs = await interleave(order.rounds, sides, (round, { ours, plain }) => {
    order.tell(`edge, round ${round}: throughput ${(ours.requests / plain.requests).toFixed(3)}, p95 ${ours.p95.toFixed(2)} / ${plain.p95.toFixed(2)} ms`)
  })
  const perSecond = ({ requests }: Figures) => requests / (DURATION_MS / 1_000)
  const note = `GET ${path} on ${edge.name}, four users without a pause, ${DURATION_MS / 1_000} s each, on the stack of local processes`
  return [
    rowOf({ part: 'edge', what: 'through an idle edge / direct: throughput', unit: 'per second', rounds: pairs.map(({ ours, plain }) => ({ ours: perSecond(ours), plain: perSecond(plain) })), note }),
    rowOf({ part: 'edge', what: 'through an idle edge / direct: p95', unit: 'ms', rounds: pairs.map(({ ours, plain }) => ({ ours: ours.p95, plain: plain.p95 })), note }),
  ]
}

/** An answer that takes no time shows what the way to it takes: that of Alertmanager to whoever asks whether it is ready. */
function quickest({ rig: { stack } }: OnStack): { readonly edge: Edge; readonly path: string } {
  const { alertmanager } = stack.harness.observers
  const edge = stack.edges.find(({ to, upstreamPort }) => `${to}:${upstreamPort}` === alertmanager)
  const path = stack.services.find(({ name }) => name === edge?.to)?.harness.ready
  if (edge !== undefined && path?.startsWith('/')) return { edge, path }
  throw new HarnessError('BASELINE_NOT_STEADY', `no edge leads to ${alertmanager}, or x-harness.ready of it is no path`)
}

interface Question {
  readonly name: string
  readonly address: Address
  readonly path: string
  readonly durationMs: number
}

async function ask({ rig, order, directory, world, signal }: OnStack, { name, address: { host, port }, path, durationMs }: Question): Promise<Figures> {
  const { launch } = approach({ k6: order.local.k6, run: directory.run, rig, stackDirectory: directory.path }, world)
  const scenarioFile = join(rig.stack.harness.scenarios, SCRIPT)
  const env = { BASE_URL: `http://${host}:${port}`, RATE: '1', RUN: 'benchedge', ASK_PATH: path }
  const figures = await runPlainK6({ launch, scenarioFile, directory: join(directory.path, 'artifacts', name), env, durationMs, clock: world.clock, signal })
  if (figures.failed === 0) return figures
  throw new HarnessError('BASELINE_NOT_STEADY', `${(figures.failed * 100).toFixed(1)} % of the requests to ${path} at ${host}:${port} failed`)
}
