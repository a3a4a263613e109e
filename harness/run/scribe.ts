// Writes the journal on behalf of whatever is going on: a notification that arrives during a drill belongs to that drill, and to each of several.
import type { Journal } from '../journal/write.ts'
import type { Append } from './session.ts'

export interface Scribe {
  /** On behalf of every drill that is going on, or of the run where none is. */
  readonly append: Append
  /** What is appended with what `work` is given belongs to this drill execution alone. */
  during(drill: string, work: (append: Append) => Promise<void>): Promise<void>
}

export function openScribe(journal: Journal): Scribe {
  const current = new Set<string>()
  return {
    append: (happening) => {
      if (current.size === 0) journal.append(happening)
      for (const drill of current) journal.append(happening, drill)
    },
    during: async (drill, work) => {
      current.add(drill)
      try {
        await work((happening) => void journal.append(happening, drill))
      } finally {
        current.delete(drill)
      }
    },
  }
}
