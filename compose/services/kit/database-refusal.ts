// Which of three things an error means to whoever asked: a value no column takes, a database that fails, or a fault of ours.
import { DatabaseUnavailable, refusedByServer } from './pool.ts'
import type { Refusal } from './refusal.ts'

/** The three refusals in a service's own words. */
export interface DatabaseWording {
  unstorable(): Refusal
  failed(): Refusal
  internal(): Refusal
}

/** For RefusalStyle.fromError of a service that has a database. */
export function fromDatabase({ unstorable, failed, internal }: DatabaseWording): (error: Error) => Refusal {
  return (error) => {
    // Class 22: the value cannot be stored, such as a NUL character inside the metadata.
    if (refusedByServer(error) && error.code?.startsWith('22') === true) return unstorable()
    return error instanceof DatabaseUnavailable || refusedByServer(error) ? failed() : internal()
  }
}
