// What a benchmark is told, and what its parts share.
import type { Content } from '../../drill/read-content.ts'
import type { BenchPart, BenchRow } from '../../model/bench.ts'
import type { Entry } from '../../model/entry.ts'
import type { Rig } from '../../model/stack.ts'
import type { Provision } from '../provision.ts'
import type { RunOrder, Stage } from '../run-all.ts'

export interface BenchOrder {
  readonly command: string
  readonly parts: readonly BenchPart[]
  readonly rounds: number
  /** The verdicts get a run of their own at this acceleration; undefined: they are those of the newest run that has them. */
  readonly acceleration?: number | undefined
  readonly content: Content
  /** Compose files as the user named them. */
  readonly files: readonly string[]
  readonly digests: Readonly<Record<string, string>>
  /** Processes, and k6 as one. */
  readonly local: Provision
  /** Containers, or why there are none. */
  readonly containers: Provision | { readonly missing: string }
  readonly onEntry: (entry: Entry) => void
  /** One line of progress. */
  readonly tell: (line: string) => void
}

/** A part that needs a stack of its own. */
export interface BenchStage extends Stage {
  readonly order: BenchOrder
  readonly signal: AbortSignal
}

/** A part that uses a stack of local processes which is there already. */
export interface OnStack extends BenchStage {
  readonly rig: Rig
}

export type Measure<S> = (stage: S) => Promise<readonly BenchRow[]>

/** The order of a stack without drills, on one of the runtimes. */
export function stackOrder({ content, files, digests, command, onEntry }: BenchOrder, provision: Provision): RunOrder {
  return { ...provision, stack: content.stack, files, digests, command, onEntry, drills: [], repeat: 1, acceleration: 1, keepUp: false }
}
