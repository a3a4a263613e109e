// A disturbance that is a small program: what it is told, and what it says of itself while it runs. Pure.
import { z } from 'zod'

/** What a program is told besides where it finds the system. */
export interface ScriptOrder {
  /** Its file, without folder and ending. */
  readonly script: string
  /** By which any process finds it. */
  readonly token: string
  /** The service it hurts. */
  readonly service: string
  readonly options: Readonly<Record<string, string | number>>
  /** How long it will be let run, in production milliseconds. */
  readonly ms: number
}

/** What is known of a program, from its output and from the system. */
export interface ScriptSight {
  readonly running: boolean
  /** Its newest word on what can be seen of its effect, and whether that is enough. */
  readonly bites?: string
  readonly holds: boolean
  /** How it said goodbye: everything is taken back. */
  readonly gone?: string
  /** The last lines that were no such words: why it ended, for one. */
  readonly lines: readonly string[]
}

/** The programs of a run, each found by its token alone. */
export interface Scripts {
  /** Of two drills that run at the same time never the same: they hurt different services. */
  tokenOf(index: number, script: string, service: string): string
  /** Resolves with its first word. FAULT_NOT_APPLIED, with its last lines, when it ends before that or says nothing. */
  start(order: ScriptOrder, signal: AbortSignal): Promise<void>
  look(token: string): ScriptSight
  /** Resolves when a program that was started here has ended, for whatever reason, with its last lines; undefined for others. */
  ended(token: string): Promise<string> | undefined
  /** Asks it to take everything back. FAULT_NOT_REVERTED when it had to be killed. Nothing when it does not run. */
  end(token: string, signal: AbortSignal): Promise<void>
}

/** Where the program of a disturbance is: beside the drills. */
export function scriptFile({ drills }: { readonly drills: string }, script: string): string {
  return `${drills}/disturbances/${script}.ts`
}

const wordSchema = z.union([z.object({ bites: z.string(), holds: z.boolean() }), z.object({ gone: z.string() }), z.object({ started: z.string() })])
const MOST_LINES = 8
/** Where in a program something went wrong is for the log. */
const FRAME = /^\s+at \S/

/** Whether it has said anything since it was started last. */
export function hasSpoken({ bites, gone }: ScriptSight): boolean {
  return bites !== undefined || gone !== undefined
}

/** What a log says of the program that was started last. */
export function readScriptLog(text: string, running: boolean): ScriptSight {
  return text.split('\n').filter((line) => line.trim() !== '').reduce(take, { running, holds: false, lines: [] } as ScriptSight)
}

function take(sight: ScriptSight, line: string): ScriptSight {
  const word = wordOf(line)
  if (word === undefined) return FRAME.test(line) ? sight : { ...sight, lines: [...sight.lines, line.trimEnd()].slice(-MOST_LINES) }
  if ('started' in word) return { running: sight.running, holds: false, lines: [] }
  return 'gone' in word ? { ...sight, gone: word.gone, holds: false } : { ...sight, bites: word.bites, holds: word.holds }
}

function wordOf(line: string): z.infer<typeof wordSchema> | undefined {
  try {
    return wordSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
