// Counts requests for GET /health/metrics: how many, how many at once, how many failed, how long they took.
import type { FastifyInstance } from 'fastify'

/** The documented figures of the process. */
export interface Activity {
  figures(): object
}

const MB = 1024 * 1024

/** Starts counting; health and metrics requests do not count. Call before routes. */
export function watchActivity(app: FastifyInstance): Activity {
  const state = { total: 0, active: 0, failed: 0, ms: 0 }
  const cpu = cpuMeter()
  app.addHook('onRequest', async (request, reply) => {
    if (/^\/(health|metrics)/.test(request.routeOptions.url ?? '')) return
    const started = performance.now()
    state.active += 1
    // 'close' comes for a client that leaves early too.
    reply.raw.once('close', () => {
      state.active -= 1
      state.total += 1
      state.ms += performance.now() - started
      if (reply.statusCode >= 500) state.failed += 1
    })
  })
  return {
    figures: () => ({
      total_requests: state.total,
      active_requests: state.active,
      error_rate_percent: state.total === 0 ? 0 : (state.failed * 100) / state.total,
      average_response_time_ms: state.total === 0 ? 0 : state.ms / state.total,
      memory_usage_mb: process.memoryUsage.rss() / MB,
      cpu_usage_percent: cpu(),
    }),
  }
}

/** The share of one core used since the reading before, in percent. */
function cpuMeter(): () => number {
  let last = { at: performance.now(), used: process.cpuUsage() }
  return () => {
    const { user, system } = process.cpuUsage(last.used)
    const elapsed = performance.now() - last.at
    last = { at: performance.now(), used: process.cpuUsage() }
    return elapsed === 0 ? 0 : (user + system) / 10 / elapsed
  }
}
