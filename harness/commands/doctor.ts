// harness doctor: what this machine has, where from, what is missing and what to do about it. Builds nothing.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { inspectHost, inspectTools } from '../run/tools.ts'
import { jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'

export function doctorCommand(world: CommandWorld): CommandModule<object, { json: boolean }> {
  return {
    command: 'doctor',
    describe: 'show which tools were found, where, in which version, and what to do about the missing ones',
    builder: (yargs) => yargs.options(jsonOption).example('$0 doctor --json', 'for machines'),
    handler: async ({ json }) => {
      const options = { root: world.root, env: world.env as NodeJS.ProcessEnv, signal: world.signal, clock: world.clock }
      const [tools, host] = await Promise.all([inspectTools(options), inspectHost(options)])
      if (json) world.print(JSON.stringify({ tools, host }, null, 2))
      else show(world, { tools, host })
      if (host.some(({ ok }) => !ok)) world.exit(EXIT.environment)
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
