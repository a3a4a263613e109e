// A bad configuration is rolled out: one node of a file is changed or taken out, and the service reads it.
import type { FaultOf } from '../model/fault.ts'
import { changeConfig } from './config-file.ts'
import { lookAtPage } from './config-look.ts'
import type { FaultKind, Sight } from './fault-kind.ts'
import { slackMs } from './toxic-kind.ts'

export const config_change: FaultKind<FaultOf<'config_change'>> = {
  describe: ({ service, file, at, to }) => {
    const words = to === undefined ? `${at} is taken out of ${file}` : `${at} in ${file} becomes ${String(to)}`
    return `${words}, and ${service} reads it`
  },
  reads: 'what it says of its configuration',
  undo: ({ target, fault }) => ({ action: 'restore-config', service: target, file: fault.file }),
  apply: ({ target, fault }, { rig }) => changeConfig({ service: target, file: fault.file }, fault, rig),
  look: ({ target, fault }, glance) => lookAtPage(target, fault.shows, glance),
  judge: () => ({
    patienceMs: slackMs,
    blind: (before) => (found(before) === undefined ? 'its page could not be read before the fault' : undefined),
    bites: (before, seen) => found(seen) !== undefined && found(seen) !== found(before),
    gone: (before, seen) => found(seen) !== undefined && found(seen) === found(before),
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}

/** A page of errors says nothing of the configuration. */
function found({ outcome, status, said }: Sight): boolean | undefined {
  return outcome === 'answered' && status === 200 ? said?.found : undefined
}
