// The exit codes of k6 in words (errext/exitcodes of k6 2.2).
import type { Exit } from '../model/k6.ts'

const MEANINGS: Readonly<Record<number, string>> = {
  0: 'ran for its whole duration',
  97: 'the cloud run failed',
  98: 'the cloud progress could not be read',
  99: 'a k6 threshold was crossed',
  100: 'setup() took too long',
  101: 'teardown() took too long',
  102: 'a k6 step took too long',
  103: 'stopped through the REST API of k6',
  104: 'k6 refused its configuration',
  105: 'ended by the harness',
  106: 'the REST API of k6 could not start',
  107: 'the scenario threw',
  108: 'the scenario called the run off',
  109: 'k6 panicked',
  110: 'the scenario marked the run as failed',
}

/** Why k6 ended, as a clause. */
export function meaningOf({ code, signal }: Exit): string {
  if (signal !== null) return `killed by ${signal}`
  if (code === null) return 'ended without anybody seeing how'
  return MEANINGS[code] ?? `k6 ended with exit code ${code}, which it does not document`
}
