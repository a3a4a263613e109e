// Says how full a place will be when samples go on coming and going as they did.

/** What is known of the past. */
export interface Flow {
  readonly capacity: number
  readonly occupied: number
  readonly arrived: number
  readonly left: number
  /** The days in which they did. */
  readonly days: number
}

/** The expected state in so many days. */
export interface Prediction {
  readonly net_per_day: number
  readonly predicted_occupied: number
  /** Null when it will never be full. */
  readonly days_until_full: number | null
}

/** A straight line through the past; nothing is ever fuller than full or emptier than empty. */
export function predict({ capacity, occupied, arrived, left, days }: Flow, daysAhead: number): Prediction {
  const net = (arrived - left) / days
  const expected = Math.round(occupied + net * daysAhead)
  return {
    net_per_day: Math.round(net * 100) / 100,
    predicted_occupied: Math.min(capacity, Math.max(0, expected)),
    days_until_full: net > 0 ? Math.ceil(Math.max(0, capacity - occupied) / net) : null,
  }
}
