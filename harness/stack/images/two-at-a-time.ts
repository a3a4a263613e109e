// Pulls and builds side by side, but only so many as a small machine can bear.

const AT_ONCE = 2

/** What became of each item, in the order of the items; no more than two are worked on at any time. */
export async function twoAtATime<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<readonly PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) [results[index]] = (await Promise.allSettled([work(item, index)])) as [PromiseSettledResult<R>]
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}
