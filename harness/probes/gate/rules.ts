// Every rule that Prometheus has loaded, and whether it can evaluate it.
import { loadedGroups } from '../loaded-rules.ts'
import { observe } from '../probe.ts'
import { prometheusOf } from '../prometheus-api.ts'
import type { GateProbe } from './gate-probe.ts'

export const rules: GateProbe<'rules'> = (_check, scene) =>
  observe(scene.signal, [], async () => {
    const groups = await loadedGroups(prometheusOf(scene))
    const value = groups.flatMap((group) =>
      group.rules.map(({ name, type, health, lastError }) => {
        return { name, type: type === 'alerting' ? ('alert' as const) : ('recording' as const), health, ...(lastError ? { lastError } : {}) }
      }),
    )
    return { value }
  })
