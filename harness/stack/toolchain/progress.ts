// What a first run shows while it fetches its tools, as data and as one sentence; the command layer draws it.

export type ToolState = 'found' | 'waiting' | 'building' | 'unpacking' | 'ready'

export interface ToolProgress {
  readonly tool: string
  readonly version: string
  /** found: nothing to do. waiting: another harness process is making it. ready: just made. */
  readonly state: ToolState
  /** Milliseconds since this tool was begun. */
  readonly elapsed: number
  /** Seconds that making it usually takes from cold. */
  readonly usualSeconds: number
  /** This is number `index` of the `total` tools that must be made; 0 of n for those found. */
  readonly index: number
  readonly total: number
  /** Usual seconds of this tool and of those after it. */
  readonly remainingSeconds: number
  /** The last line the builder printed. */
  readonly detail?: string
}

const VERBS: Record<ToolState, string> = {
  found: 'found',
  waiting: 'waiting for another harness to make',
  building: 'building',
  unpacking: 'unpacking',
  ready: 'ready:',
}

/** One sentence, such as "building prometheus 3.15.0 (2 of 6), 31 s of usually 105 s". */
export function describeProgress(progress: ToolProgress): string {
  const { tool, version, state, elapsed, index, total } = progress
  const what = `${VERBS[state]} ${tool} ${version}`
  if (state === 'found') return what
  const took = `${Math.round(elapsed / 1_000)} s`
  if (state === 'ready') return `${what} (${index} of ${total}), took ${took}`
  return `${what} (${index} of ${total}), ${took} of usually ${progress.usualSeconds} s`
}

/** For an output that is no terminal: a line when a state changes, and one every `every` ms of a long build. */
export function plainProgress(write: (line: string) => void, every = 15_000): (progress: ToolProgress) => void {
  const shown = new Map<string, { state: ToolState; elapsed: number }>()
  return (progress) => {
    const last = shown.get(progress.tool)
    if (progress.state === 'found') return
    if (last?.state === progress.state && progress.elapsed - last.elapsed < every) return
    shown.set(progress.tool, progress)
    write(describeProgress(progress))
  }
}
