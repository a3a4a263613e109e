// The containers runtime: a whole stack as containers of one network, on whatever engine answers.
import { HarnessError } from '../../errors.ts'
import type { Runtime } from '../runtime.ts'
import type { ContainersState } from '../state.ts'

const absent = async (): Promise<never> => {
  throw new HarnessError('BUG', 'the containers runtime is not there yet')
}

export const containersRuntime: Runtime<ContainersState> = { name: 'containers', open: absent, attach: absent, lives: async () => false, leftOf: async () => new Set(), sweep: async () => 0 }
