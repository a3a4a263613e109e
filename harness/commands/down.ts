// harness down: ends stacks that were left running.
import type { CommandModule } from 'yargs'
import { runningStacks, stopRunning } from '../run/running-stacks.ts'
import type { CommandWorld } from './command-world.ts'
import { stackNamed } from './stack-named.ts'

export function downCommand(world: CommandWorld): CommandModule<object, { run?: string; all: boolean }> {
  return {
    command: 'down [run]',
    describe: 'end a running stack, and put back everything that was done to it',
    builder: (yargs) =>
      yargs
        .positional('run', { type: 'string', describe: 'the run that started it; not needed when only one runs' })
        .option('all', { type: 'boolean', default: false, describe: 'end every stack that runs' })
        .example('$0 down', 'end the one stack that runs')
        .example('$0 down --all', 'end them all'),
    handler: async ({ run, all }) => {
      for (const stack of all ? await runningStacks(world) : [await stackNamed(world, run)]) {
        world.tell(`ending ${stack.directory.run} ...`)
        await stopRunning(stack, world)
        world.print(`${stack.directory.run} is down`)
      }
    },
  }
}
