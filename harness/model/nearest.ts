// Did you mean ...? One rule for every unknown name.
import { closest, distance } from 'fastest-levenshtein'

/** The known name that `name` is most likely a misspelling of, or undefined when nothing is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const lower = name.toLowerCase()
  const best =
    known[
      known
        .map((k) => k.toLowerCase())
        .indexOf(
          closest(
            lower,
            known.map((k) => k.toLowerCase()),
          ),
        )
    ]
  const limit = Math.max(2, Math.floor(Math.max(name.length, best?.length ?? 0) / 3))
  return best !== undefined && distance(lower, best.toLowerCase()) <= limit ? best : undefined
}

/** The remedy for an unknown name: the nearest one, else the list of all. */
export function suggest(name: string, known: readonly string[], noun = 'known'): string {
  const near = nearest(name, known)
  if (near !== undefined) return `did you mean ${near}?`
  return known.length === 0 ? `there is no ${noun} at all yet` : `use one of: ${known.toSorted().join(', ')}`
}
