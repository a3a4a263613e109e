// Reads a temperature zone out of a path or query.
import { refuse } from './refusals.ts'
import { zoneNamed, ZONE_NAMES, type Zone } from './zones.ts'

/** The zone of a name in either spelling; 400 when there is none. */
export function zoneOf(name: string): Zone {
  const zone = zoneNamed(name)
  if (zone === undefined) throw refuse('validation', `temperature_zone must be one of ${ZONE_NAMES.join(', ')}`)
  return zone
}
