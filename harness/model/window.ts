// What all facts are made of: a set of labels, and a stretch of time.
export type Labels = Readonly<Record<string, string>>

/** Milliseconds since the epoch, both ends included. */
export interface Window {
  readonly from: number
  readonly to: number
}
