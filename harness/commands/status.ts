// harness status: which stacks run, and whether each of their services does.
import type { CommandModule } from 'yargs'
import { runningStacks, statusOf } from '../run/running-stacks.ts'
import { edgesAsMermaid, edgesAsText } from '../render/edge-graph.ts'
import { stackAsText } from '../render/stack-status.ts'
import { fileOption, jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { contentOrExit } from './content.ts'

interface StatusArguments {
  edges: boolean
  mermaid: boolean
  file: string[]
  json: boolean
}

export function statusCommand(world: CommandWorld): CommandModule<object, StatusArguments> {
  return {
    command: 'status',
    describe: 'show the stacks that run, their services and addresses',
    builder: (yargs) =>
      yargs
        .option('edges', { type: 'boolean', default: false, describe: 'instead: draw who calls whom, from the compose file' })
        .option('mermaid', { type: 'boolean', default: false, implies: 'edges', describe: 'draw it as a Mermaid flowchart' })
        .options({ ...fileOption, ...jsonOption })
        .example('$0 status --json', 'for machines')
        .example('$0 status --edges --mermaid', 'the dependency graph, for a page') as never,
    handler: async (args) => {
      const { edges, json } = args
      if (edges) return showEdges(world, args)
      const all = await Promise.all((await runningStacks(world)).map((running) => statusOf(running, world)))
      if (json) return world.print(JSON.stringify(all, null, 2))
      if (all.length === 0) return world.print('no stack runs (harness up starts one)')
      for (const { run, driven, runtime, acceleration, services, urls } of all) {
        world.print(`${run}  ${driven ? 'driven by a harness' : 'nobody drives it'}  ${runtime}  ${acceleration}x`)
        world.print(stackAsText(services, urls))
      }
    },
  }
}

async function showEdges(world: CommandWorld, { mermaid, file, json }: StatusArguments): Promise<void> {
  const content = await contentOrExit(world, file)
  if (content === undefined) return
  const { edges } = content.stack
  if (json) world.print(JSON.stringify(edges, null, 2))
  else world.print(mermaid ? edgesAsMermaid(edges) : edgesAsText(edges))
}
