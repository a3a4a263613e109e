// In which words a database writes values: the same in both, so that equal rows read the same, and nothing is lost on the way.
import type { Ask } from '../../../../probes/database-reader.ts'

const SETTINGS = { TimeZone: 'UTC', DateStyle: 'ISO, YMD', IntervalStyle: 'postgres', extra_float_digits: '1', bytea_output: 'hex', search_path: '', check_function_bodies: 'off' } as const

export async function spellAlike(ask: Ask): Promise<void> {
  for (const [name, value] of Object.entries(SETTINGS)) await ask('select set_config($1, $2, false)', [name, value])
}
