// Works through a list with a bounded number of items in flight, so that a probe does not become load.

/** Resolves when every item has been worked on; rejects with the first error, after which no further item is begun. */
export async function eachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  let failed = false
  const worker = async () => {
    for (const item of queue) {
      if (failed) return
      await work(item).catch((thrown: unknown) => {
        failed = true
        throw thrown
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
}
