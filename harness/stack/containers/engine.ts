// Finds the container engine of this machine, or says why there is none.

export interface Tried {
  /** Socket or address. */
  readonly where: string
  readonly why: string
}

export type EngineSearch = { readonly found: true; readonly where: string; readonly version: string } | { readonly found: false; readonly tried: readonly Tried[] }

/** Asks every place where an engine may listen; the first that answers is taken. */
export async function findEngine(_env: Readonly<Record<string, string | undefined>>): Promise<EngineSearch> {
  return { found: false, tried: [] }
}
