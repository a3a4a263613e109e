// A rig for tests of probes: it knows where its observers are, and nothing else.
import { HarnessError } from '../../errors.ts'
import type { Rig, Stack } from '../../model/stack.ts'
import { systemClock, type Clock } from '../../time/clock.ts'
import type { ProbeContext } from '../probe.ts'

const observers = {
  prometheus: 'prometheus:9090',
  alertmanager: 'alertmanager:9093',
  jaeger: 'jaeger:16686',
  toxiproxy: 'toxiproxy:8474',
}
const stack: Stack = {
  file: 'compose.yaml',
  directory: '.',
  services: [],
  edges: [],
  harness: {
    edges: '',
    scenarios: '',
    drills: '',
    rules: '',
    alertmanager: '',
    entry: 'client->api-gateway',
    observers,
    sink: 'sink:9900',
    stores: {},
  },
}

/** Time that passes fifty times as fast, so that a deadline of 5 s is over in 100 ms. */
const hurriedClock: Clock = { now: systemClock.now, sleep: (ms, signal) => systemClock.sleep(ms / 50, signal) }

/** Every observer at `base`. `hurried` makes deadlines short, for sources that hang. */
export function contextAt(base: string, { hurried = false, signal = new AbortController().signal } = {}): ProbeContext {
  return { rig: fakeRig(() => base), clock: hurried ? hurriedClock : systemClock, signal }
}

export function fakeRig(observer: Rig['observer']): Rig {
  const absent = () => {
    throw new HarnessError('BUG', 'a probe asked for what only the injector may touch')
  }
  const untouched = { state: absent, kill: absent, terminate: absent, restart: absent, freeze: absent, thaw: absent, configFile: absent, reload: absent }
  return { stack, runtime: 'local', observer, resolve: String, address: absent, edgeAddress: absent, ...untouched }
}
