// How the scrape targets of these services are doing, as Prometheus sees them.
import { probeTargets } from '../targets.ts'
import type { GateProbe } from './gate-probe.ts'

export const targets: GateProbe<'targets'> = async ({ services }, scene) => {
  const { value, covered, missing } = await probeTargets(scene)
  return { value: value.filter(({ service }) => services.includes(service)), covered, ...(missing === undefined ? {} : { missing }) }
}
