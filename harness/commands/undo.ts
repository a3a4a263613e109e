// harness undo: puts back what a dead run left behind. The next run does the same by itself.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { undoDeadRuns } from '../run/dead-runs.ts'
import { jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'

export function undoCommand(world: CommandWorld): CommandModule<object, { json: boolean }> {
  return {
    command: 'undo',
    describe: 'revert the faults and end the processes that dead runs left behind',
    builder: (yargs) => yargs.options(jsonOption).example('$0 undo', 'after a crash or a kill -9'),
    handler: async ({ json }) => {
      const undone = await undoDeadRuns(world)
      if (json) world.print(JSON.stringify(undone, null, 2))
      else if (undone.length === 0) world.print('nothing was left behind')
      else for (const { run, what, failed } of undone) world.print(`${run}: ${what}${failed === undefined ? '' : `, failed: ${failed}`}`)
      if (undone.some(({ failed }) => failed !== undefined)) world.exit(EXIT.environment)
    },
  }
}
