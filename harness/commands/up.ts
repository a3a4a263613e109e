// harness up: starts the stack and leaves it running.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { runAll } from '../run/run-all.ts'
import { undoDeadRuns } from '../run/dead-runs.ts'
import { readPastRun } from '../run/past-run.ts'
import { runningStacks, statusOf } from '../run/running-stacks.ts'
import { fileOption, runtimeOption, selectionOptions } from './command-world.ts'
import type { Choosing, CommandWorld } from './command-world.ts'
import { contentOrExit, digestsOf } from './content.ts'
import { followEntries } from './follow.ts'
import { provisionFor } from './tools.ts'

interface UpArguments extends Choosing {
  accelerate: number
  file: string[]
}

export function upCommand(world: CommandWorld): CommandModule<object, UpArguments> {
  return {
    command: 'up',
    describe: 'start the stack and leave it running',
    builder: (yargs) =>
      yargs
        .options({ accelerate: selectionOptions.accelerate, ...runtimeOption, ...fileOption })
        .example('$0 up --accelerate 40', 'then: npx harness drill quiet --on latest') as never,
    handler: async ({ accelerate, runtime, file }) => {
      const content = await contentOrExit(world, file)
      if (content === undefined) return
      await undoDeadRuns(world)
      const provision = await provisionFor(world, { stack: content.stack, runtime, load: false })
      const order = { ...provision, stack: content.stack, digests: digestsOf(content, file), drills: [], repeat: 1, acceleration: accelerate, files: file, keepUp: true, command: 'npx harness up' }
      const directory = await runAll({ ...order, onEntry: followEntries(world) }, world)
      const { failures } = await readPastRun(directory.path)
      const running = (await runningStacks(world)).find((stack) => stack.directory.run === directory.run)
      if (failures.length > 0 || running === undefined) return world.exit(world.signal.aborted ? EXIT.interrupted : EXIT.environment)
      const { urls } = await statusOf(running, world)
      for (const [name, url] of Object.entries(urls)) world.print(`${name.padEnd(14)} ${url}`)
      world.print(`${directory.run} is up; harness down ends it`)
    },
  }
}
