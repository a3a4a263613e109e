// Reads what Redis tells of streams and groups: lists of names and values in turn.

/** A stream: how many entries lie in it, and how many were ever added. */
export interface StreamState {
  readonly length: number
  readonly added: number
}

/** A consumer group on one stream. */
export interface GroupState {
  readonly name: string
  /** Entries read and not acknowledged. */
  readonly pending: number
  /** Entries not read yet. */
  readonly lag: number
  readonly read: number
}

/** Reads an answer of XINFO STREAM. */
export function readStream(reply: unknown): StreamState {
  const fields = pairs(reply)
  return { length: Number(fields.get('length') ?? 0), added: Number(fields.get('entries-added') ?? 0) }
}

/** Reads an element of XINFO GROUPS; Redis does not always know the lag, then all it may be is taken. */
export function readGroup(reply: unknown, added: number): GroupState {
  const fields = pairs(reply)
  const known = fields.get('entries-read') ?? null
  const lag = fields.get('lag') ?? null
  const read = known === null ? 0 : Number(known)
  return {
    name: String(fields.get('name')),
    pending: Number(fields.get('pending') ?? 0),
    lag: lag === null ? added - read : Number(lag),
    read,
  }
}

function pairs(reply: unknown): Map<string, unknown> {
  const list = Array.isArray(reply) ? reply : []
  return new Map(list.flatMap((name, index) => (index % 2 === 0 ? [[String(name), list[index + 1] as unknown]] : [])))
}
