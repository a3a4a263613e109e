// Which phases there are, and what each holds: for who does not know what to ask for.
import type { Content } from '../drill/read-content.ts'
import { isIn, PROFILES } from '../model/phase.ts'
import type { LoadedPhase } from '../model/phase.ts'
import type { CommandWorld } from './command-world.ts'

export function sayPhases(world: CommandWorld, { phases }: Pick<Content, 'phases'>, json: boolean): void {
  if (json) return world.print(JSON.stringify(phases, null, 2))
  if (phases.length === 0) return world.print('there is no phase: x-harness.phases names the folder that holds them')
  for (const phase of phases) world.print(`${phase.name}: ${phase.title}\n  ${sayCriteria(phase)}`)
  world.print('\nharness gate PHASE [PHASE..], or harness gate all')
}

function sayCriteria({ criteria }: LoadedPhase): string {
  const blocking = criteria.filter(({ weight }) => weight === 'blocking').length
  const decided = PROFILES.map((profile) => `${profile} ${criteria.filter((one) => one.check !== undefined && isIn(one, profile)).length}`)
  return `${criteria.length} criteria, ${blocking} of them blocking; decided by profile: ${decided.join(', ')}`
}
