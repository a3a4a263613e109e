// Provides what a command needs and shows how far that is: nothing to see when it is there already.
import { provide } from '../run/provision.ts'
import type { Provision, Wish } from '../run/provision.ts'
import { describeImage, plainImages } from '../run/provision.ts'
import type { ImageProgress } from '../run/provision.ts'
import { describeProgress, plainProgress, provideTools } from '../run/tools.ts'
import type { ProvidedTools, ToolProgress } from '../run/tools.ts'
import type { CommandWorld } from './command-world.ts'

export function toolsFor(world: CommandWorld, names: readonly string[]): Promise<ProvidedTools> {
  return provideTools(world, names, toolWatcher(world))
}

/** A runtime with its tools or images. */
export function provisionFor(world: CommandWorld, wish: Wish): Promise<Provision> {
  return provide(wish, world, { onTool: toolWatcher(world), onImage: imageWatcher(world), onChoice: world.tell })
}

export function toolWatcher(world: CommandWorld): (progress: ToolProgress) => void {
  return world.isTerminal ? oneLine(world) : plainProgress(world.tell)
}

export function imageWatcher(world: CommandWorld): (progress: ImageProgress) => void {
  if (!world.isTerminal) return plainImages(world.tell)
  return (progress) => {
    if (progress.state !== 'found') world.overwrite(describeImage(progress), progress.state === 'pulled' || progress.state === 'built')
  }
}

/** On a terminal the line of a build is written over until it is done. */
function oneLine(world: CommandWorld): (progress: ToolProgress) => void {
  return (progress) => {
    if (progress.state === 'found') return
    const detail = progress.detail === undefined ? '' : `  ${progress.detail}`
    world.overwrite(`${describeProgress(progress)}, all in about ${progress.remainingSeconds} s${detail}`, progress.state === 'ready')
  }
}
