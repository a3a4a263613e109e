// The life of every disturbance: it hurts, says what can be seen of that for as long as it runs, and takes everything back.
import { setTimeout as sleep } from 'node:timers/promises'

/** What can be seen of it from outside, and whether that is what was wanted. */
export interface Bite {
  readonly bites: string
  readonly holds: boolean
}

export interface Disturbance {
  /** Hurts; returns when all of it is there, or as soon as the signal is aborted. */
  begin(signal: AbortSignal): Promise<void>
  look(): Promise<Bite>
  /** Takes everything back, also what was only half begun; returns what it did, in words. */
  end(): Promise<string>
}

const EVERY_MS = 250
/** Words whose numbers alone have changed are not said more often. */
const AGAIN_MS = 2_000
/** For how long it may be hidden what a disturbance does. */
const BLIND_MS = 10_000

/** Runs until the harness asks it to end. What goes wrong before that is said, everything is taken back, and it ends with 1. */
export async function disturb(disturbance: Disturbance): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort())
  try {
    await disturbance.begin(stop.signal)
    await watch(disturbance, stop.signal)
  } catch (thrown) {
    if (!stop.signal.aborted) await fail(disturbance, thrown)
  }
  say({ gone: await disturbance.end() })
  process.exit()
}

async function watch(disturbance: Disturbance, signal: AbortSignal): Promise<void> {
  const look = patient(disturbance)
  let said: (Bite & { readonly at: number }) | undefined
  while (!signal.aborted) {
    const bite = await look()
    const isNews = said === undefined || said.holds !== bite.holds || (said.bites !== bite.bites && Date.now() - said.at >= AGAIN_MS)
    if (isNews) {
      said = { ...bite, at: Date.now() }
      say(bite)
    }
    await sleep(EVERY_MS, undefined, { signal })
  }
}

/** A system that is being hurt may fail to answer a look: it is looked again, unless nothing was ever seen, or nothing for long. */
function patient(disturbance: Disturbance): () => Promise<Bite> {
  let seenAt = -Infinity
  return async () => {
    try {
      const bite = await disturbance.look()
      seenAt = Date.now()
      return bite
    } catch (thrown) {
      if (Date.now() - seenAt > BLIND_MS) throw thrown
      return { bites: `cannot be seen just now: ${thrown instanceof Error ? thrown.message : String(thrown)}`, holds: false }
    }
  }
}

async function fail(disturbance: Disturbance, thrown: unknown): Promise<never> {
  process.stderr.write(`${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)}\n`)
  const end = await disturbance.end().catch((cause: unknown) => `not everything could be taken back: ${String(cause)}`)
  process.stderr.write(`${end}\n`)
  process.exit(1)
}

/** One line for the harness. */
function say(word: Bite | { readonly gone: string }): void {
  process.stdout.write(`${JSON.stringify(word)}\n`)
}
