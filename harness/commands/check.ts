// harness check: reads all content and shows every mistake at once. Starts nothing.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { readFiles } from '../run/read-files.ts'
import { fileOption, jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { showProblems } from './content.ts'

export function checkCommand(world: CommandWorld): CommandModule<object, { file: string[]; json: boolean }> {
  return {
    command: 'check',
    describe: 'check compose files, edges, drills, rules and scenarios against each other; all problems at once',
    builder: (yargs) => yargs.options({ ...fileOption, ...jsonOption }).example('$0 check --json', 'for editors and CI') as never,
    handler: async ({ file, json }) => {
      const { content, problems } = await readFiles(file)
      if (json) world.print(JSON.stringify({ problems }, null, 2))
      else if (content === undefined) showProblems(world, problems)
      else {
        const { stack, drills, observed, scenarios } = content
        world.print(`all good: ${stack.services.length} services, ${stack.edges.length} edges, ${observed.rules.length} alert rules, ${scenarios.length} scenarios, ${drills.length} drills`)
      }
      if (problems.length > 0) world.exit(EXIT.usage)
    },
  }
}
