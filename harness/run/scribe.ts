// Writes the journal on behalf of whatever is going on: a notification that arrives during a drill belongs to that drill.
import type { Journal } from '../journal/write.ts'
import type { Append } from './session.ts'

export interface Scribe {
  readonly append: Append
  /** Everything appended until `work` ends belongs to this drill execution. */
  during(drill: string, work: () => Promise<void>): Promise<void>
}

export function openScribe(journal: Journal): Scribe {
  let current: string | undefined
  return {
    append: (happening) => void journal.append(happening, current),
    during: async (drill, work) => {
      current = drill
      try {
        await work()
      } finally {
        current = undefined
      }
    },
  }
}
