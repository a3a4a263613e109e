// The harness as a user runs it: another process, with its exit code and what it printed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT, SABOTAGE } from './live-runs.ts'

export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
  readonly ms: number
}

export interface Cli {
  readonly pid: number
  readonly ended: Promise<Ended>
}

/** Starts `harness ARGS`; `preload` is imported into it first. */
export function startCli(args: readonly string[], env: Readonly<Record<string, string>> = {}, preload?: string): Cli {
  const began = Date.now()
  const imports = preload === undefined ? [] : ['--import', preload]
  const child = spawn(process.execPath, [...imports, join(ROOT, 'harness/main.ts'), ...args], { cwd: ROOT, env: { ...process.env, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, out, err, ms: Date.now() - began }))
  })
  return { pid: child.pid ?? 0, ended }
}

export function cli(...args: readonly string[]): Promise<Ended> {
  return startCli(args).ended
}

/** `harness drill` with the given drill file, killed with SIGKILL once line `at` of its journal is on disk. */
export function killedDrill(at: number, drill: string, ...args: readonly string[]): Cli {
  const files = SABOTAGE.flatMap((file) => ['-f', file])
  return startCli(['drill', drill, '--accelerate', '60', ...files, ...args], { KILL_AT: String(at) }, join(import.meta.dirname, 'kill-at.ts'))
}
