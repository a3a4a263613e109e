// Starts all services of a stack as containers of one network: in dependency order, side by side where the graph allows.
import type { Clock } from '../../time/clock.ts'
import type { ServiceSpec } from '../../model/stack.ts'
import { renderMounts } from '../config-files.ts'
import { logFile } from '../log-file.ts'
import { diedWhileStarting } from '../readiness.ts'
import { startInOrder } from '../start-order.ts'
import { asEngineError, askEngine } from './ask-engine.ts'
import { definitionOf } from './container-definition.ts'
import { imageOf } from './container-layout.ts'
import type { ContainerLayout } from './container-layout.ts'
import type { ContainerRig } from './container-rig.ts'
import type { DeathWatch } from './deaths.ts'
import type { EngineClient } from './engine-client.ts'
import { RUN_LABEL } from './labels.ts'
import { volumeName } from './names.ts'
import { createNetwork, sinkPlace } from './network.ts'
import type { ContainerOrder } from './service-container.ts'

export interface StartOptions {
  readonly layout: ContainerLayout
  readonly client: EngineClient
  readonly clock: Clock
  readonly watch: DeathWatch
  /** Whether the stack is to outlive this process. */
  readonly keepUp: boolean
  readonly signal: AbortSignal
  readonly onStarted: (service: string, host: string, ms: number) => void
}

interface Stage extends StartOptions {
  readonly rig: ContainerRig
  readonly sink: string
  readonly reaped: boolean
  readonly startContainer: (order: ContainerOrder) => Promise<void>
}

/** Starts everything; rejects as soon as one service fails, leaving what is there to the caller's release. */
export async function startServices(rig: ContainerRig, options: StartOptions): Promise<void> {
  const { client, clock, layout, watch, keepUp, signal } = options
  const { stack, artifacts, acceleration, env, network } = layout
  const rendering = { stack, artifacts, acceleration, rewrite: (text: string) => text }
  const [{ startContainer }, { setUpTestcontainers }] = await Promise.all([import('./service-container.ts'), import('./testcontainers-setup.ts')])
  const [reaper] = await Promise.all([
    setUpTestcontainers({ engine: client, env, reaped: !keepUp }),
    watch.open(),
    ...stack.services.map((spec) => renderMounts(rendering, spec)),
  ])
  signal.throwIfAborted()
  const place = { docker: client.docker, clock, network }
  const labels = { ...reaper, [RUN_LABEL]: layout.run }
  await Promise.all([createNetwork(place, labels), ...volumesOf(layout).map((name) => createVolume(options, name, labels))])
  const sink = await sinkPlace(place)
  rig.useSink(sink)
  const stage = { ...options, rig, sink: sink.entry, reaped: reaper !== undefined, startContainer }
  await startInOrder(stack.services, signal, (spec, limit) => startOne(spec, { ...stage, signal: limit }))
}

async function startOne(spec: ServiceSpec, stage: Stage): Promise<void> {
  const { rig, clock, layout, watch, signal, startContainer, reaped, onStarted } = stage
  const began = clock.now()
  const definition = definitionOf({ spec, layout, sink: stage.sink, ownCommand: await ownCommand(spec, stage) })
  const died = watch.dreadDeath(spec.name)
  const ready = async () => {
    await rig.readPorts(spec.name)
    await rig.waitUntilReady(spec, died, signal).catch((thrown: unknown) => {
      // testcontainers now kills it
      void watch.expectDeath(spec.name)
      throw thrown
    })
  }
  const started = startContainer({ definition, ready, reaped }).catch((thrown: unknown) => {
    signal.throwIfAborted()
    throw asEngineError(thrown, `start ${spec.name}`)
  })
  // testcontainers would wait ten seconds for the ports of a container that has ended at once
  const ended = died.then(({ how, lines }) => {
    throw diedWhileStarting({ service: spec.name, how, lines, log: logFile(layout.artifacts, spec.name) })
  })
  await Promise.race([started, ended])
  onStarted(spec.name, rig.address(spec.name, spec.ports[0] ?? 0).host, clock.now() - began)
}

/** Only where a flag has to be added to it. */
async function ownCommand(spec: ServiceSpec, { client, clock, layout }: Stage): Promise<readonly string[] | undefined> {
  if (spec.container?.command !== undefined || !layout.stack.harness.observers.prometheus.startsWith(`${spec.name}:`)) return undefined
  const image = imageOf(layout, spec.name)
  const found = await askEngine({ clock, what: `look at the image ${image}` }, () => client.docker.getImage(image).inspect())
  return found.Config.Cmd ?? undefined
}

/** Each once, however many services share it. */
function volumesOf({ stack, run }: ContainerLayout): readonly string[] {
  const names = stack.services.flatMap(({ container }) => (container?.volumes ?? []).map(({ name }) => name))
  return [...new Set(names)].map((name) => volumeName(run, name))
}

function createVolume({ client, clock }: StartOptions, name: string, labels: Readonly<Record<string, string>>): Promise<unknown> {
  return askEngine({ clock, what: `create the volume ${name}` }, async () => client.docker.createVolume({ Name: name, Labels: { ...labels } }))
}
