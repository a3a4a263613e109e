// What every command is given by main: the outside world, as values.
import { HarnessError } from '../errors.ts'
import { RUNTIMES } from '../model/stack.ts'
import type { RuntimeName } from '../model/stack.ts'
import type { World } from '../run/session.ts'

export interface CommandWorld extends World {
  /** For people and machines: standard output. */
  print(line: string): void
  /** Replaces the last such line on a terminal; `done` keeps it. */
  overwrite(line: string, done: boolean): void
  /** Progress and errors: standard error. */
  tell(line: string): void
  readonly isTerminal: boolean
  readonly colour: boolean
  /** The exit code this command ends with; the last call counts. */
  exit(code: number): void
}

/** `-f compose.yaml -f overlay.yaml`, as docker compose takes them. */
export const fileOption = {
  file: {
    alias: 'f',
    type: 'string',
    array: true,
    default: ['compose/compose.yaml'],
    describe: 'Compose file; give it again for an overlay',
  },
} as const

/** Which drills, how fast: the same words for every verb that takes drills. */
export const selectionOptions = {
  tag: { type: 'string', array: true, default: [] as string[], describe: 'all drills that carry this tag' },
  accelerate: { type: 'number', default: 1, describe: 'divide every production duration by this', coerce: acceleration },
} as const

export const runtimeOption = {
  runtime: { choices: RUNTIMES, describe: 'containers, or local processes; containers where an engine answers when left out' },
} as const

export interface Choosing {
  runtime?: RuntimeName
}

export interface Selecting {
  /** Names of drills, or paths of drill files. */
  names?: string[]
  tag: string[]
  file: string[]
}

function acceleration(value: number): number {
  if (value >= 1) return value
  throw new HarnessError('USAGE', `--accelerate wants a number of 1 or more, got ${value}`)
}

export function wholeNumber(flag: string): (value: number) => number {
  return (value) => {
    if (Number.isInteger(value) && value >= 1) return value
    throw new HarnessError('USAGE', `${flag} wants a whole number of 1 or more, got ${value}`)
  }
}

/** As many as two cores carry without one drill being slow for the sake of another. */
export const TOGETHER = 3
export const togetherOption = {
  together: { type: 'number', default: TOGETHER, describe: 'how many drills that allow it may run side by side', coerce: wholeNumber('--together') },
} as const

export const jsonOption = { json: { type: 'boolean', default: false, describe: 'print JSON for machines' } } as const
