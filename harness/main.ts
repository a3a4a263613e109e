#!/usr/bin/env -S node --max-semi-space-size=8
// The command line: the only file that touches argv, environment, signals and the exit code of the process.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { CommandWorld } from './commands/command-world.ts'
import { EXIT, HarnessError, asHarnessError } from './errors.ts'
import { systemClock } from './time/clock.ts'

// Before anything large is loaded: compiled code is kept from one start to the next.
enableCompileCache()
const [{ default: yargs }, { commandsFor }] = await Promise.all([import('yargs'), import('./commands/index.ts')])

const interrupt = new AbortController()
const lefts: (() => readonly string[])[] = []

const world: CommandWorld = {
  root: fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, ''),
  clock: systemClock,
  env: process.env,
  signal: interrupt.signal,
  isTerminal: process.stderr.isTTY === true,
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  print: (line) => void process.stdout.write(`${line}\n`),
  overwrite: (line, done) => void process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns ?? 100) - 1)}${done ? '\n' : ''}`),
  tell: (line) => void process.stderr.write(`${line}\n`),
  exit: (code) => {
    process.exitCode = code
  },
  onLeft: (tell) => void lefts.push(tell),
}

// whoever read the output has seen enough (status | head): what runs goes on and is undone as ever
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal))

function onSignal(signal: string): void {
  if (!interrupt.signal.aborted) {
    world.tell(`${signal}: undoing everything; once more to leave at once`)
    interrupt.abort(new HarnessError('INTERRUPTED', `interrupted by ${signal}`))
    return
  }
  const names = lefts.flatMap((left) => left())
  if (names.length > 0) world.tell(`left behind: ${names.join(', ')}. Run: npx harness undo`)
  process.exit(EXIT.interrupted)
}

function fail(thrown: unknown): void {
  const error = asHarnessError(thrown)
  world.tell(`error ${error.code}: ${error.message}`)
  world.tell(`  hint: ${error.hint}`)
  if (error.code === 'BUG' && error.cause instanceof Error) world.tell(error.cause.stack ?? '')
  process.exitCode = interrupt.signal.aborted ? EXIT.interrupted : error.exitCode
}

const cli = yargs(process.argv.slice(2))
  .scriptName('harness')
  .usage('$0 VERB: proves, or refutes, that a system is ready for production')
  .command(commandsFor(world))
  .demandCommand(1, 'name a verb')
  .strict()
  .wrap(110)
  .alias('h', 'help')
  .version(false)
  .epilogue('Exit codes: 0 ready, 1 not ready, 2 usage or invalid content, 3 inconclusive, 4 environment, 130 interrupted.')
  .exitProcess(false)
  .fail((message, thrown) => {
    throw thrown !== undefined && thrown !== null && thrown.name !== 'YError' ? thrown : new HarnessError('USAGE', message ?? thrown?.message)
  })

try {
  await cli.parseAsync()
} catch (thrown) {
  fail(thrown)
}
