// Ids of things the load invents where a service wants a UUID.
import { randomHex } from './trace-context.ts'

/** A random UUID (version 4). */
export function newUuid(): string {
  const hex = randomHex(16)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}
