// The one table of what can go wrong with our own work: code, exit code, hint. What the system does wrong is a Finding instead.

/** Exit codes of the command line, as README documents them. */
export const EXIT = { ready: 0, notReady: 1, usage: 2, inconclusive: 3, environment: 4, interrupted: 130 } as const

const CODES = {
  USAGE: { exit: EXIT.usage, hint: 'see harness --help' },
  CONTENT_INVALID: { exit: EXIT.usage, hint: 'mend the files named above, then run harness check' },
  COMPOSE_INVALID: { exit: EXIT.usage, hint: 'mend the compose file, then run harness check' },
  TOOL_MISSING: { exit: EXIT.environment, hint: 'run harness doctor' },
  TOOL_BUILD_FAILED: { exit: EXIT.environment, hint: 'run harness doctor' },
  ENGINE_UNREACHABLE: { exit: EXIT.environment, hint: 'start Docker or Podman, or leave --runtime containers out to run plain processes' },
  ENGINE_REFUSED: { exit: EXIT.environment, hint: 'the engine said no, in its own words above' },
  IMAGE_MISSING: { exit: EXIT.environment, hint: 'harness images shows every image and what became of it' },
  STACK_NOT_READY: { exit: EXIT.environment, hint: 'read the logs under artifacts/logs of the run' },
  STACK_NOT_FOUND: { exit: EXIT.usage, hint: 'harness status lists the stacks that run' },
  ADDRESS_TAKEN: { exit: EXIT.environment, hint: 'harness status lists the stacks that run; harness down stops one' },
  SERVICE_DIED: { exit: EXIT.environment, hint: 'read the service log named above' },
  LOAD_NOT_STARTED: { exit: EXIT.environment, hint: 'read k6.stderr.log in the artifacts of the run' },
  LOAD_FLOOR_NOT_REACHED: { exit: EXIT.inconclusive, hint: 'lower the rate of the drill, or give the machine more room' },
  BASELINE_NOT_STEADY: { exit: EXIT.inconclusive, hint: 'find out why the system was not steady before any fault' },
  FAULT_NOT_APPLIED: { exit: EXIT.inconclusive, hint: 'harness undo reverts whatever is left' },
  FAULT_UNSUPPORTED: { exit: EXIT.inconclusive, hint: 'harness check says on which runtimes a drill can run; choose one with --runtime' },
  FAULT_NOT_PROVED: { exit: EXIT.inconclusive, hint: 'the injector said yes but nothing outside it changed; check that traffic takes this edge' },
  FAULT_NOT_REVERTED: { exit: EXIT.inconclusive, hint: 'harness undo reverts whatever is left' },
  CONTROL_API_HUNG: { exit: EXIT.inconclusive, hint: 'the proxy server is restarted and its proxies restored' },
  PROBE_UNREACHABLE: { exit: EXIT.inconclusive, hint: 'the observer named above did not answer' },
  JOURNAL_UNREADABLE: { exit: EXIT.usage, hint: 'name a directory under reports/runs that holds a journal.jsonl' },
  JOURNAL_UNWRITABLE: { exit: EXIT.environment, hint: 'check free space and permissions of reports/runs' },
  DEADLINE: { exit: EXIT.inconclusive, hint: 'the wait named above ended without its condition' },
  INTERRUPTED: { exit: EXIT.interrupted, hint: 'everything that was started has been undone' },
  BUG: { exit: EXIT.environment, hint: 'this is a defect of the harness; please report it with the journal' },
} as const satisfies Record<string, { exit: number; hint: string }>

export type ErrorCode = keyof typeof CODES

export interface ErrorDetail {
  readonly hint?: string
  readonly cause?: unknown
}

/** The only class this project throws. `hint` says what to do; it defaults to the hint of the code. */
export class HarnessError extends Error {
  readonly code: ErrorCode
  readonly hint: string

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, { cause: detail.cause })
    this.name = 'HarnessError'
    this.code = code
    this.hint = detail.hint ?? CODES[code].hint
  }

  get exitCode(): number {
    return CODES[this.code].exit
  }
}

/** Anything thrown, as a HarnessError; what is not ours becomes BUG with its cause kept. */
export function asHarnessError(thrown: unknown, code: ErrorCode = 'BUG'): HarnessError {
  if (thrown instanceof HarnessError) return thrown
  return new HarnessError(code, messageOf(thrown), { cause: thrown })
}

/** The message of anything thrown, with the messages of its causes. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause === undefined ? '' : messageOf(thrown.cause)
  return cause && !thrown.message.includes(cause) ? `${thrown.message}: ${cause}` : thrown.message || thrown.name
}
