// harness doctor: what this machine has, where from, what is missing and what to do about it.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { inspectHost, inspectTools } from '../run/tools.ts'
import { jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { toolsFor } from './tools.ts'

export function doctorCommand(world: CommandWorld): CommandModule<object, { json: boolean; provide: boolean }> {
  return {
    command: 'doctor',
    describe: 'show which tools were found, where, in which version, and what to do about the missing ones',
    builder: (yargs) =>
      yargs
        .options(jsonOption)
        .option('provide', { type: 'boolean', default: false, describe: 'first build or unpack what is missing' })
        .example('$0 doctor --json', 'for machines'),
    handler: async ({ json, provide }) => {
      const options = { root: world.root, env: world.env as NodeJS.ProcessEnv, signal: world.signal, clock: world.clock }
      if (provide) await toolsFor(world, (await inspectTools(options)).map(({ tool }) => tool))
      const [tools, host] = await Promise.all([inspectTools(options), inspectHost(options)])
      if (json) world.print(JSON.stringify({ tools, host }, null, 2))
      else show(world, { tools, host })
      // once every tool is there, what would have been needed to make them no longer matters
      if (tools.some(({ source }) => source === 'missing') && host.some(({ ok }) => !ok)) world.exit(EXIT.environment)
    },
  }
}

interface Inspected {
  readonly tools: Awaited<ReturnType<typeof inspectTools>>
  readonly host: Awaited<ReturnType<typeof inspectHost>>
}

function show(world: CommandWorld, { tools, host }: Inspected): void {
  world.print('machine')
  for (const { name, ok, found, remedy } of host) world.print(`  ${ok ? 'ok     ' : 'MISSING'}  ${name.padEnd(20)} ${found}${remedy ? `  -> ${remedy}` : ''}`)
  world.print('tools')
  for (const { binary, source, version, wanted, path, remedy } of tools) {
    world.print(`  ${source.padEnd(8)} ${binary.padEnd(20)} ${(version ?? wanted).padEnd(10)} ${path ?? ''}${remedy ? `-> ${remedy}` : ''}`)
  }
  if (tools.some(({ source }) => source === 'missing')) world.print('missing tools are built or unpacked by the first run that needs them')
}
