// The command lines of a local stack, all started at once, as a script would.
import { mkdir } from 'node:fs/promises'
import { poll } from '../../time/poll.ts'
import { logFile } from '../log-file.ts'
import type { PlainStack } from '../plain-stack.ts'
import { isReady, READY_WITHIN } from '../readiness.ts'
import type { Surroundings } from '../runtime.ts'
import type { LocalState } from '../state.ts'
import { hostOf, launchOf } from './layout.ts'
import { layoutOf } from './local-runtime.ts'
import { startProcess } from './process.ts'
import { prepareData } from './start-stack.ts'
import { removeData, sweepProcesses } from './sweep.ts'

/** At the addresses and with the configuration of a stack that has run there and is gone; its data is new. */
export function plainLocal(surroundings: Surroundings, state: LocalState): PlainStack {
  const { stack, clock } = surroundings
  const layout = layoutOf(surroundings, state)
  return {
    start: async (signal) => {
      await mkdir(layout.data, { recursive: true, mode: 0o755 })
      await Promise.all(
        stack.services.map(async (spec) => {
          await prepareData(spec, { stack, layout, clock, signal })
          const { unprivileged } = spec.harness
          await startProcess({ launch: launchOf(layout, { stack, spec }), log: logFile(layout.artifacts, spec.name), cwd: layout.root, unprivileged })
          const reach = { address: (port: number) => ({ host: hostOf(layout, stack, spec.name), port }), clock, signal }
          await poll({ clock, within: READY_WITHIN, every: 50, signal, what: `${spec.name} to be ready` }, () => isReady(spec, reach))
        }),
      )
    },
    stop: async () => {
      await sweepProcesses(layout.run, [], clock)
      await removeData(layout.data)
    },
  }
}
