// The temperature zones of the laboratory and the temperature each is meant to have.

/** Every zone with its target in °C. */
export const ZONES = {
  ultra_low_freezer: -80,
  freezer: -20,
  refrigerated: 4,
  room_temperature: 22,
  incubator: 37,
} as const

/** A zone by its name. */
export type Zone = keyof typeof ZONES

/** All zones, coldest first. */
export const ZONE_NAMES = Object.keys(ZONES) as readonly Zone[]

/** The documents use a second spelling; both name the same zone, and the first one is answered. */
const OTHER_NAMES: Readonly<Record<string, Zone>> = {
  '-80C': 'ultra_low_freezer',
  '-20C': 'freezer',
  '4C': 'refrigerated',
  RT: 'room_temperature',
  '37C': 'incubator',
}

/** The zone of a name in either spelling. */
export function zoneNamed(name: string): Zone | undefined {
  return ZONE_NAMES.find((zone) => zone === name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined)
}

/** How far (°C) a temperature may be from its target: the limit of the alert rule TemperatureDeviation. */
export const TOLERANCE = 2
