// All runtimes, and the one that a stack's state names.
import type { Rig, RuntimeName } from '../model/stack.ts'
import { RUNTIMES } from '../model/stack.ts'
import { containersRuntime } from './containers/containers-runtime.ts'
import { localRuntime } from './local/local-runtime.ts'
import type { DeadRun, Outside, Runtime, Surroundings } from './runtime.ts'
import type { StackState } from './state.ts'

const runtimes: { readonly [N in RuntimeName]: Runtime<Extract<StackState, { runtime: N }>> } = {
  containers: containersRuntime,
  local: localRuntime,
}

/** The map gives every state the runtime of its own name; the compiler cannot follow that. */
export function runtimeNamed(name: RuntimeName): Runtime {
  return runtimes[name] as Runtime
}

export function attachStack(state: StackState, options: Surroundings): Promise<Rig> {
  return runtimeNamed(state.runtime).attach(state, options)
}

export function livesStack(state: StackState, outside: Outside): Promise<boolean> {
  return runtimeNamed(state.runtime).lives(state, outside)
}

/** Those of the runs of which anything is left on any runtime: a stack of containers is loaded by a process. */
export async function leftOf(runs: readonly DeadRun[], outside: Outside): Promise<ReadonlySet<string>> {
  const left = await Promise.all(RUNTIMES.map((name) => runtimeNamed(name).leftOf(runs, outside)))
  return new Set(left.flatMap((found) => [...found]))
}

/** Ends all that is left of a run, wherever it is. Returns how many things there were. */
export async function sweepRun(dead: DeadRun, outside: Outside): Promise<number> {
  let ended = 0
  for (const name of RUNTIMES) {
    const there = await runtimeNamed(name).leftOf([dead], outside)
    if (there.has(dead.run) || dead.state?.runtime === name) ended += await runtimeNamed(name).sweep(dead, outside)
  }
  return ended
}
