// harness doctor: what this machine has, where from, what is missing and what to do about it.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { findEngine, inspectHost, inspectTools } from '../run/tools.ts'
import type { EngineSearch } from '../run/tools.ts'
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
      const [tools, host, engine] = await Promise.all([inspectTools(options), inspectHost(options), findEngine(world.env)])
      if (json) world.print(JSON.stringify({ tools, host, engine }, null, 2))
      else show(world, { tools, host, engine })
      // once every tool is there, what would have been needed to make them no longer matters
      if (tools.some(({ source }) => source === 'missing') && host.some(({ ok }) => !ok)) world.exit(EXIT.environment)
    },
  }
}

interface Inspected {
  readonly tools: Awaited<ReturnType<typeof inspectTools>>
  readonly host: Awaited<ReturnType<typeof inspectHost>>
  readonly engine: EngineSearch
}

function show(world: CommandWorld, { tools, host, engine }: Inspected): void {
  world.print('machine')
  for (const { name, ok, found, remedy } of host) world.print(`  ${ok ? 'ok     ' : 'MISSING'}  ${name.padEnd(20)} ${found}${remedy ? `  -> ${remedy}` : ''}`)
  world.print('container engine')
  for (const line of sayEngine(engine)) world.print(`  ${line}`)
  world.print('tools')
  for (const { binary, source, version, wanted, path, remedy } of tools) {
    world.print(`  ${source.padEnd(8)} ${binary.padEnd(20)} ${(version ?? wanted).padEnd(10)} ${path ?? ''}${remedy ? `-> ${remedy}` : ''}`)
  }
  if (tools.some(({ source }) => source === 'missing')) world.print('missing tools are built or unpacked by the first run that needs them')
}

/** Without one everything runs as local processes: nothing is missing then. */
function sayEngine(engine: EngineSearch): readonly string[] {
  if (engine.found) return [`ok        ${engine.version.padEnd(20)} ${engine.where}`]
  return ['none      stacks run as local processes', ...engine.tried.map(({ where, why }) => `          ${where}: ${why}`)]
}
