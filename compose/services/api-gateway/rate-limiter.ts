// Limits how often one client may call: a bucket that refills, and a ban for those who do not listen. It has no clock.

/** A limit: `perMinute` calls in the long run, `burst` at once. */
export interface Limit {
  readonly perMinute: number
  readonly burst: number
}

/** When a client is banned, and for how long (ms): one step more per further violation within the hour. */
export interface BanRules {
  readonly after: number
  readonly step: number
  readonly max: number
}

/** The answer to one request. */
export interface Ruling {
  readonly allowed: boolean
  readonly reason: 'ok' | 'limit' | 'ban'
  /** Calls left at once. */
  readonly remaining: number
  /** How long (ms) until the next call is allowed; 0 when this one was. */
  readonly retryAfter: number
}

/** Limits clients by name. */
export interface RateLimiter {
  take(client: string, limit: Limit, now: number): Ruling
  /** Clients remembered. */
  size(): number
}

interface Bucket {
  tokens: number
  filled: number
  violations: number[]
  bannedUntil: number
}

const MINUTE = 60_000
const HOUR = 3_600_000
const SWEEP_ABOVE = 1000

/** Creates a limiter that remembers clients in memory. */
export function createRateLimiter(ban: BanRules): RateLimiter {
  const buckets = new Map<string, Bucket>()
  let sweepAt = SWEEP_ABOVE
  return {
    size: () => buckets.size,
    take: (client, limit, now) => {
      const bucket = buckets.get(client) ?? { tokens: limit.burst, filled: now, violations: [], bannedUntil: 0 }
      buckets.set(client, bucket)
      refill(bucket, limit, now)
      if (buckets.size > sweepAt) {
        sweep(buckets, now)
        sweepAt = Math.max(SWEEP_ABOVE, buckets.size * 2)
      }
      if (now < bucket.bannedUntil) return refused('ban', bucket.bannedUntil - now)
      if (bucket.tokens < 1) return violate(bucket, { ban, limit, now })
      bucket.tokens -= 1
      return { allowed: true, reason: 'ok', remaining: Math.floor(bucket.tokens), retryAfter: 0 }
    },
  }
}

function refill(bucket: Bucket, { perMinute, burst }: Limit, now: number): void {
  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filled) * perMinute) / MINUTE)
  bucket.filled = now
}

function refused(reason: 'limit' | 'ban', retryAfter: number): Ruling {
  return { allowed: false, reason, remaining: 0, retryAfter }
}

function violate(bucket: Bucket, at: { ban: BanRules; limit: Limit; now: number }): Ruling {
  const { ban, limit, now } = at
  bucket.violations = [...bucket.violations.filter((time) => now - time < HOUR), now]
  const excess = bucket.violations.length - ban.after
  if (excess <= 0) return refused('limit', ((1 - bucket.tokens) * MINUTE) / Math.max(limit.perMinute, 1 / 60))
  bucket.bannedUntil = now + Math.min(excess * ban.step, ban.max)
  return refused('ban', bucket.bannedUntil - now)
}

/** Forgets clients unheard of for an hour, so that strangers cannot fill the memory for good. */
function sweep(buckets: Map<string, Bucket>, now: number): void {
  for (const [client, bucket] of buckets) {
    if (now - bucket.filled > HOUR && now >= bucket.bannedUntil) buckets.delete(client)
  }
}
