// How long something keeps the processor busy: the same on a busy machine as on an idle one, where the clock on the wall is not. For the tests.

/** Milliseconds of this thread alone. */
export async function cpuTime(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
