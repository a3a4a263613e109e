// The engine behind a rig, for what only an engine can do.
import { HarnessError } from '../errors.ts'
import type { Engine, MemoryControl } from '../model/engine.ts'
import type { Rig } from '../model/stack.ts'

/** FAULT_UNSUPPORTED where services are plain processes; `what` is what was wanted of the engine. */
export function engineOf({ engine, runtime }: Pick<Rig, 'engine' | 'runtime'>, what: string): Engine {
  if (engine !== undefined) return engine
  throw new HarnessError('FAULT_UNSUPPORTED', `${what} takes a container engine, and a stack on the ${runtime} runtime has none`)
}

/** Who says what a service may hold: the engine, or the runtime itself where services are plain processes. */
export function memoryOf(rig: Pick<Rig, 'engine' | 'memory' | 'runtime'>, what: string): MemoryControl {
  return rig.engine ?? rig.memory ?? engineOf(rig, what)
}
