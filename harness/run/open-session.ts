// What the steps of a run share once its stack is up: the sinks that receive, the proxies, the programs of script faults, the undo log.
import { openProxyControl } from '../faults/proxy-control.ts'
import type { Rig } from '../model/stack.ts'
import { startSinks } from '../sinks/sinks.ts'
import { runScripts } from '../stack/scripts/run-scripts.ts'
import { hostPort } from '../stack/stack-places.ts'
import type { RunOrder, Stage } from './run-all.ts'
import { trackDeliveries } from './session.ts'
import type { Session } from './session.ts'
import { openUndoLog } from './undo-log.ts'

export async function openSession(order: RunOrder, { world, directory, scribe: { append }, unwind }: Stage, rig: Rig): Promise<Session> {
  const deliveries = trackDeliveries(rig.stack.harness.heartbeat?.alert)
  const sink = await startSinks({
    ...sinkPlaces(rig),
    clock: world.clock,
    onDelivery: (evidence) => {
      deliveries.add(evidence.value)
      append({ type: 'evidence', evidence })
    },
    onRefused: (message) => append({ type: 'step-failed', step: 'alert sink', code: 'PROBE_UNREACHABLE', message, hint: 'look at the receiver in alertmanager.yml' }),
  })
  unwind.register({ what: 'alert sink', within: 3_000, release: async () => sink[Symbol.asyncDispose]() })
  const control = openProxyControl({ rig, clock: world.clock, onRestart: (why, restored) => append({ type: 'proxy-restarted', why, restored }) })
  const undoLog = openUndoLog(directory.path)
  const { acceleration, k6 } = order
  const scripts = runScripts({ ...world, rig, acceleration, run: directory.run, directory: directory.path })
  const stackDirectory = (order.on?.directory ?? directory).path
  return { world, run: directory.run, directory: directory.path, stackDirectory, acceleration, watched: order.on === undefined, rig, control, scripts, undoLog, k6, deliveries, receivers: sink }
}

function sinkPlaces(rig: Rig) {
  const { sink, mail_sink: mail } = rig.stack.harness
  const place = (text: string) => rig.address(hostPort(text).host, hostPort(text).port)
  return { listen: place(sink), mail: mail === undefined ? undefined : place(mail) }
}
