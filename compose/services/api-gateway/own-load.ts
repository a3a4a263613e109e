// How much of its power the gateway uses: its one thread, or the memory it may have, whichever is scarcer.
import { performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'

/** Returns the load since the reading before, 0 to 1. */
export function ownLoad(): () => number {
  let last = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    const { used_heap_size, heap_size_limit } = getHeapStatistics()
    return Math.max(utilization, used_heap_size / heap_size_limit)
  }
}
