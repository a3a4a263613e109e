// A mix by shares: what is rare is spread over the whole day, and does not come all at once.

export interface Share<T> {
  /** In percent. */
  readonly share: number
  readonly of: T
}

const WHOLE = 100
/** Prime to 100 and close to its golden section: every hundred turns meet every slot, and neighbours lie far apart. */
const STRIDE = 61

/** Whose turn it is; turns count up from anywhere. Throws when the shares do not come to 100 percent. */
export function mixOf<T>(shares: readonly Share<T>[]): (turn: number) => T {
  const slots = shares.flatMap(({ share, of }) => Array.from({ length: share }, () => of))
  if (slots.length !== WHOLE) throw new Error(`the shares of a mix come to ${slots.length} %, not to ${WHOLE} %`)
  return (turn) => slots[(turn * STRIDE) % WHOLE] as T
}
