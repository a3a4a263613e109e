// harness status: which stacks run, and whether each of their services does.
import type { CommandModule } from 'yargs'
import { runningStacks, statusOf } from '../run/running-stacks.ts'
import { jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'

export function statusCommand(world: CommandWorld): CommandModule<object, { json: boolean }> {
  return {
    command: 'status',
    describe: 'show the stacks that run, their services and addresses',
    builder: (yargs) => yargs.options(jsonOption).example('$0 status --json', 'for machines'),
    handler: async ({ json }) => {
      const all = await Promise.all((await runningStacks(world)).map((running) => statusOf(running, world)))
      if (json) return world.print(JSON.stringify(all, null, 2))
      if (all.length === 0) return world.print('no stack runs (harness up starts one)')
      for (const { run, driven, runtime, acceleration, services, urls } of all) {
        world.print(`${run}  ${driven ? 'driven by a harness' : 'nobody drives it'}  ${runtime}  ${acceleration}x`)
        for (const { service, state, address } of services) world.print(`  ${state.padEnd(8)} ${service.padEnd(20)} ${address}`)
        for (const [name, url] of Object.entries(urls)) world.print(`  ${name.padEnd(29)} ${url}`)
      }
    },
  }
}
