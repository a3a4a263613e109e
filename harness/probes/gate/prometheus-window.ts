// The time of the everyday load, by the clock of Prometheus.
import { HarnessError } from '../../errors.ts'
import type { Window } from '../../model/window.ts'
import { probeClock } from '../clock.ts'
import type { GateScene } from './gate-probe.ts'

/** From the beginning of the load until now. Throws where there is no load, or no clock. */
export async function loadWindow(scene: GateScene): Promise<Window> {
  const { loadFrom, clock } = scene
  if (loadFrom === undefined) throw new HarnessError('PROBE_UNREACHABLE', 'there is no load to look at')
  const { value, covered, missing } = await probeClock(scene)
  if (!covered) throw new HarnessError('PROBE_UNREACHABLE', missing ?? 'the clock of Prometheus is not known')
  return { from: loadFrom + value.offsetMs, to: clock.now() + value.offsetMs }
}
