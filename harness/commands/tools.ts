// Provides the tools a command needs and shows how far that is: nothing to see when they are there already.
import { describeProgress, plainProgress, provideTools } from '../run/tools.ts'
import type { ProvidedTools, ToolProgress } from '../run/tools.ts'
import type { CommandWorld } from './command-world.ts'

export function toolsFor(world: CommandWorld, names: readonly string[]): Promise<ProvidedTools> {
  return provideTools(world, names, world.isTerminal ? oneLine(world) : plainProgress(world.tell))
}

/** On a terminal the line of a build is written over until it is done. */
function oneLine(world: CommandWorld): (progress: ToolProgress) => void {
  return (progress) => {
    if (progress.state === 'found') return
    const detail = progress.detail === undefined ? '' : `  ${progress.detail}`
    world.overwrite(`${describeProgress(progress)}, all in about ${progress.remainingSeconds} s${detail}`, progress.state === 'ready')
  }
}
