// Where live tests find k6: the K6 variable, else PATH. Without one they are skipped and say so.
import { spawnSync } from 'node:child_process'

/** The k6 to use, or undefined when none runs. */
export function findK6(): string | undefined {
  const k6 = process.env.K6 ?? 'k6'
  return spawnSync(k6, ['version']).status === 0 ? k6 : undefined
}
