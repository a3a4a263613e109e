// Finds a running stack by the name a user gives it.
import { HarnessError } from '../errors.ts'
import { runningStacks } from '../run/running-stacks.ts'
import type { RunningStack } from '../run/running-stacks.ts'
import type { CommandWorld } from './command-world.ts'

/** `latest`, or the beginning of the id of the run that started it. Throws STACK_NOT_FOUND naming those that run. */
export async function stackNamed(world: CommandWorld, name: string | undefined): Promise<RunningStack> {
  const running = await runningStacks(world)
  const found = name === 'latest' ? running.slice(-1) : running.filter(({ directory }) => name === undefined || directory.run.startsWith(name))
  if (found.length === 1 && found[0]) return found[0]
  const names = running.map(({ directory }) => directory.run).join(', ') || 'none'
  throw new HarnessError('STACK_NOT_FOUND', `${found.length === 0 ? 'no such stack runs' : 'which stack?'} Running: ${names}`)
}

/** A stack that runs has its speed already: asking for another one is a mistake and not a wish to be ignored. */
export function demandSpeedOf(on: RunningStack | undefined, accelerate: number | undefined): void {
  if (on === undefined || accelerate === undefined || accelerate === on.state.acceleration) return
  const hint = 'leave --accelerate out, or start another stack'
  throw new HarnessError('USAGE', `${on.directory.run} runs accelerated ${on.state.acceleration}x, not ${accelerate}x`, { hint })
}
