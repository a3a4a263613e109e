// Amounts of memory and disk as Compose writes them (64m, 1.5g), and their arithmetic in bytes.
import { z } from 'zod'

const UNIT = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 } as const
const PATTERN = /^(\d+(?:\.\d+)?)(?:([bkmg])b?)?$/i
const EXPECTED = 'an amount such as 64m or 1g, as in Compose'

/** `64m`, `512k`, `1g`; a number without a unit does not compile. */
export type Bytes = `${number}${keyof typeof UNIT}`

export const bytesSchema = z
  .string()
  .regex(/^\d+(\.\d+)?[bkmg]$/, EXPECTED)
  .describe(EXPECTED) as unknown as z.ZodType<Bytes, Bytes>

/** Bytes of a text as Compose reads it: 64m, 64M, 64mb, 1.5g, 1048576. Undefined for anything else. */
export function bytesOf(text: string): number | undefined {
  const [, amount, unit = 'b'] = PATTERN.exec(text) ?? []
  return amount === undefined ? undefined : Math.floor(Number(amount) * UNIT[unit.toLowerCase() as keyof typeof UNIT])
}

/** For people: 64 MiB, 61.3 MiB, 512 KiB, 0 bytes. */
export function humanBytes(bytes: number): string {
  if (bytes < UNIT.k) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
  const [unit, size] = bytes < UNIT.m ? ['KiB', UNIT.k] : bytes < UNIT.g ? ['MiB', UNIT.m] : ['GiB', UNIT.g]
  return `${Number((bytes / size).toFixed(1))} ${unit}`
}
