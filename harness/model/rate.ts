// Rates of load: operations per second, never divided by acceleration.
import { z } from 'zod'

const RATE = /^\d+(\.\d+)?\/s$/

/** As it is written. */
export const rateSchema = z.string().regex(RATE, 'a rate such as 20/s').describe('operations per second, such as 20/s') as unknown as z.ZodType<
  `${number}/s`,
  `${number}/s`
>

/** `20/s` -> 20. */
export function perSecond(rate: string): number {
  return Number(rate.slice(0, -2))
}
