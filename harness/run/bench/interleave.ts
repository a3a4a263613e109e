// Two sides measured in turn, so that a machine that slows down or warms up does it to both.

export interface Sides<T> {
  readonly ours: (round: number) => Promise<T>
  readonly plain: (round: number) => Promise<T>
}

export interface Pair<T> {
  readonly ours: T
  readonly plain: T
}

/** One of each in every round, from round 1; the one that goes first changes from round to round. */
export async function interleave<T>(rounds: number, sides: Sides<T>, onRound: (round: number, pair: Pair<T>) => void): Promise<readonly Pair<T>[]> {
  const pairs: Pair<T>[] = []
  for (let round = 1; round <= rounds; round++) {
    const pair = round % 2 === 1 ? await plainFirst(round, sides) : await oursFirst(round, sides)
    pairs.push(pair)
    onRound(round, pair)
  }
  return pairs
}

async function plainFirst<T>(round: number, sides: Sides<T>): Promise<Pair<T>> {
  const plain = await sides.plain(round)
  return { plain, ours: await sides.ours(round) }
}

async function oursFirst<T>(round: number, sides: Sides<T>): Promise<Pair<T>> {
  const ours = await sides.ours(round)
  return { ours, plain: await sides.plain(round) }
}
