// Says what has to be undone: what really ran, or may have, newest first, and nothing else.
import type { Effect } from './failure.ts'
import type { Step } from './workflow.ts'

/** One entry of a plan, in the order of undoing. */
export interface PlannedUndo {
  readonly step: string
  readonly name: string
  readonly certain: boolean
}

/** How far a saga came: `done` steps were completed, and the next one had this effect. */
export interface Reached {
  readonly done: number
  readonly effect: Effect
}

/** The undoing of a saga that came so far. */
export function planUndo(steps: readonly Step[], { done, effect }: Reached): readonly PlannedUndo[] {
  const ran = steps.slice(0, effect === 'unknown' ? done + 1 : done)
  return ran
    .map(({ name: step, undo }, index) => ({ step, name: undo?.name, certain: index < done }))
    .filter((entry): entry is PlannedUndo => entry.name !== undefined)
    .toReversed()
}
