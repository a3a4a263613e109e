// What a first run shows while it pulls or builds images, as data and as one sentence; the command layer draws it.

export interface ImageProgress {
  readonly service: string
  readonly reference: string
  readonly state: 'found' | 'pulling' | 'pulled' | 'building' | 'built'
  /** Milliseconds since work on this image began. */
  readonly elapsed: number
  /** What the engine said last. */
  readonly detail?: string | undefined
  /** Place among the images that were not there, from 1; 0 for one that was. */
  readonly index: number
  readonly total: number
}

/** One sentence, such as "building readiness/auth:0.1.0 (2 of 6), 12 s: Step 3/5". */
export function describeImage({ reference, state, elapsed, detail, index, total }: ImageProgress): string {
  if (state === 'found') return `found ${reference}`
  const told = detail === undefined ? '' : `: ${detail}`
  return `${state} ${reference} (${index} of ${total}), ${Math.round(elapsed / 1_000)} s${told}`
}

/** For an output that is no terminal: a line when a state changes, and one every `every` ms of a long pull or build. */
export function plainImages(write: (line: string) => void, every = 15_000): (progress: ImageProgress) => void {
  const shown = new Map<string, ImageProgress>()
  return (progress) => {
    const last = shown.get(progress.reference)
    if (progress.state === 'found') return
    if (last?.state === progress.state && progress.elapsed - last.elapsed < every) return
    shown.set(progress.reference, progress)
    write(describeImage(progress))
  }
}
