// What the program of a disturbance is told: where it finds the system, how fast time goes, and what it needs to be let in.
import type { ScriptOrder } from '../../model/script.ts'
import type { Address, Rig } from '../../model/stack.ts'
import { RUN_MARK } from '../local/marks.ts'
import type { Environment } from '../compose-variables.ts'

/** By which the process of a program is found. */
export const SCRIPT_MARK = 'HARNESS_SCRIPT'
/** All that it gets of the user's environment. */
const INHERITED = ['PATH', 'LANG', 'TZ', 'TMPDIR'] as const

export interface ScriptPlace {
  readonly rig: Rig
  /** Of the fault, which is not always the run that the stack belongs to. */
  readonly run: string
  readonly acceleration: number
  readonly env: Environment
}

export function scriptEnvironment(order: ScriptOrder, { rig, run, acceleration, env }: ScriptPlace): Readonly<Record<string, string>> {
  const { disturbances = {}, entry } = rig.stack.harness
  const inherited = INHERITED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))
  const door = rig.edgeAddress(entry)
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(Object.entries(disturbances).map(([name, text]) => [name, rig.resolve(text)])),
    ...addresses(rig),
    HARNESS_BASE_URL: `http://${door.host}:${door.port}`,
    HARNESS_ACCELERATION: String(acceleration),
    HARNESS_TARGET: order.service,
    HARNESS_FOR_MS: String(Math.round(order.ms / acceleration)),
    HARNESS_WITH: JSON.stringify(order.options),
    [RUN_MARK]: run,
    [SCRIPT_MARK]: order.token,
  }
}

/** `HARNESS_ADDRESS_POSTGRES_5432`: every port of every service, as it is reached from here. */
function addresses(rig: Rig): Readonly<Record<string, string>> {
  const all = rig.stack.services.flatMap(({ name, ports }) => ports.map((port) => ({ name, port, address: reached(rig, name, port) })))
  return Object.fromEntries(all.flatMap(({ name, port, address }) => (address === undefined ? [] : [[variableOf(name, port), `${address.host}:${address.port}`]])))
}

function variableOf(service: string, port: number): string {
  return `HARNESS_ADDRESS_${service.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_${port}`
}

/** A service that does not run just now has no ports on some runtimes; a program that needs it will say so. */
function reached(rig: Rig, service: string, port: number): Address | undefined {
  try {
    return rig.address(service, port)
  } catch {
    return undefined
  }
}
