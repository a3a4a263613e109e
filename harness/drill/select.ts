// Which drills a command means: by name, by tag, or all of them.
import { suggest } from '../model/nearest.ts'

interface Selectable {
  readonly name: string
  readonly tags: readonly string[]
}

export interface Wanted {
  readonly names: readonly string[]
  readonly tags: readonly string[]
}

export interface Selection<T> {
  readonly drills: readonly T[]
  /** One sentence for each name or tag that nothing answers to. */
  readonly unknown: readonly string[]
}

/** Named drills in the order named, then those that carry one of the tags; without names and tags, all. Each once. */
export function selectDrills<T extends Selectable>(drills: readonly T[], { names, tags }: Wanted): Selection<T> {
  if (names.length === 0 && tags.length === 0) return { drills, unknown: [] }
  const named = names.flatMap((name) => drills.filter((drill) => drill.name === name))
  const tagged = drills.filter((drill) => drill.tags.some((tag) => tags.includes(tag)))
  const knownNames = drills.map(({ name }) => name)
  const knownTags = [...new Set(drills.flatMap((drill) => drill.tags))]
  return {
    drills: [...new Set([...named, ...tagged])],
    unknown: [
      ...names
        .filter((name) => !knownNames.includes(name))
        .map((name) => `no drill ${name}: ${suggest(name, knownNames, 'drill')}`),
      ...tags
        .filter((tag) => !knownTags.includes(tag))
        .map((tag) => `no drill has the tag ${tag}: ${suggest(tag, knownTags, 'tag')}`),
    ],
  }
}
