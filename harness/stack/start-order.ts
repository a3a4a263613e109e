// Services start in dependency order, side by side where the graph allows.
import type { ServiceSpec } from '../model/stack.ts'

export type StartOne = (spec: ServiceSpec, signal: AbortSignal) => Promise<void>

/**
 * Starts each service once those it depends on have started. The first failure aborts the signal of all the others; the promise
 * rejects with it only when none of them is under way any more.
 */
export async function startInOrder(services: readonly ServiceSpec[], outer: AbortSignal, startOne: StartOne): Promise<void> {
  const failed = new AbortController()
  const signal = AbortSignal.any([outer, failed.signal])
  const started = new Map<string, Promise<void>>()
  const start = (spec: ServiceSpec): Promise<void> => {
    const known = started.get(spec.name)
    if (known) return known
    const needed = services.filter(({ name }) => spec.dependsOn.includes(name))
    const begun = Promise.all(needed.map(start)).then(() => {
      signal.throwIfAborted()
      return startOne(spec, signal)
    })
    started.set(spec.name, begun)
    return begun
  }
  const all = services.map((spec) => start(spec).catch((thrown: unknown) => {
    failed.abort(thrown)
    throw thrown
  }))
  await Promise.all(all).finally(() => Promise.allSettled(all))
}
