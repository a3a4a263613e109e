// harness check: reads all content and shows every mistake at once. Starts nothing.
import type { CommandModule } from 'yargs'
import type { Content } from '../drill/read-content.ts'
import { EXIT } from '../errors.ts'
import { runtimesOf, sayRuntimes } from '../model/fault-runtimes.ts'
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
      if (json) world.print(JSON.stringify({ problems, drills: content?.drills.map(({ name, faults }) => ({ name, runtimes: runtimesOf(faults) })) }, null, 2))
      else if (content === undefined) showProblems(world, problems)
      else sayContent(world, content)
      if (problems.length > 0) world.exit(EXIT.usage)
    },
  }
}

function sayContent(world: CommandWorld, { stack, drills, observed, scenarios, phases }: Content): void {
  for (const { name, faults } of drills) {
    const bound = sayRuntimes(faults)
    if (bound !== undefined) world.print(`${name} can run ${bound}`)
  }
  world.print(`all good: ${stack.services.length} services, ${stack.edges.length} edges, ${observed.rules.length} alert rules, ${scenarios.length} scenarios, ${drills.length} drills, ${phases.length} phases`)
}
