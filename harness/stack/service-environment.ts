// What every runtime tells a service in words: its environment, and the pace of time.
import { parseDuration } from '../model/duration.ts'
import type { ServiceSpec, Stack } from '../model/stack.ts'
import { acceleratePrometheusFlags } from '../time/acceleration.ts'

export interface Telling {
  /** Name -> value, with whatever has to be filled in. */
  readonly environment: Readonly<Record<string, string>>
  readonly fill: (text: string) => string
  readonly acceleration: number
}

/** The environment of a service; durations that it says are production's are divided. */
export function environmentOf({ harness }: ServiceSpec, { environment, fill, acceleration }: Telling): Readonly<Record<string, string>> {
  const filled = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]))
  for (const name of harness.accelerate) {
    const value = filled[name]
    if (value !== undefined && acceleration > 1) filled[name] = faster(value, acceleration)
  }
  return filled
}

/** `SAMPLE_HOST`: the variable by which a compose file names the host of a service. */
export function hostVariable(service: string): string {
  return `${service.toUpperCase().replaceAll('-', '_')}_HOST`
}

/** What of Prometheus' own pace can only be said on its command line. */
export function paceFlags(spec: ServiceSpec, { harness }: Stack, acceleration: number): readonly string[] {
  return harness.observers.prometheus.startsWith(`${spec.name}:`) ? acceleratePrometheusFlags(acceleration).flags : []
}

/** In whole milliseconds, which every parser of durations understands. */
function faster(duration: string, acceleration: number): string {
  return `${Math.max(1, Math.round(parseDuration(duration) / acceleration))}ms`
}
