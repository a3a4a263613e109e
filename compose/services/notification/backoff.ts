// How long to wait before a delivery is tried again.

/** Doubling from `base` up to `cap` (ms); what the other side asked for counts if it is longer, up to `cap`. */
export function pauseBefore(attempt: number, limits: { base: number; cap: number; asked?: number }): number {
  const { base, cap, asked = 0 } = limits
  const doubled = base * 2 ** Math.min(attempt - 1, 30)
  return Math.min(cap, Math.max(doubled, asked))
}

/** The ms a Retry-After header asks for; 0 when it asks for nothing that can be read. */
export function askedFor(header: string | undefined): number {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
}
