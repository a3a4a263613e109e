// Are the rules loaded that were counted in the report, and does Prometheus evaluate them?
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const rules: GateJudge<'rules'> = {
  describe({ alerts, recordings, names = [] }) {
    const wanted = [alerts !== undefined && `${alerts} alert rules or more`, recordings !== undefined && `${recordings} recording rules or more`, names.length > 0 && names.join(', ')]
    return `loaded and healthy: ${wanted.filter(Boolean).join('; ') || 'every rule'}`
  },
  judge: byLooks('rules', ({ alerts = 0, recordings = 0, names = [] }, value) => {
    const have = (type: string) => value.filter((rule) => rule.type === type).length
    const [loadedAlerts, loadedRecordings] = [have('alert'), have('recording')]
    const wrong = [
      ...names.filter((name) => !value.some((rule) => rule.name === name)).map((name) => `${name} is not loaded`),
      ...(loadedAlerts < alerts ? [`${count(loadedAlerts, 'alert rule')}, wanted ${alerts}`] : []),
      ...(loadedRecordings < recordings ? [`${count(loadedRecordings, 'recording rule')}, wanted ${recordings}`] : []),
      ...(value.length === 0 ? ['no rule is loaded'] : []),
      ...value.filter(({ health }) => health === 'err').map(({ name, lastError }) => `${name} fails (${lastError ?? 'no reason given'})`),
    ]
    const unknown = value.filter(({ health }) => health === 'unknown').map(({ name }) => `${name} has not been evaluated yet`)
    return tally({ wrong, unknown, good: `${count(loadedAlerts, 'alert rule')} and ${count(loadedRecordings, 'recording rule')}, all healthy` })
  }),
}
