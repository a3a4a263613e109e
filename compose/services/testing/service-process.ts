// Runs one of the services as a process for live tests.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { vi } from 'vitest'

/** A running service. */
export interface ServiceProcess {
  readonly base: string
  readonly pid: number
  /** Everything it has written so far. */
  output(): string
  /** Sends a signal and waits for the end; the exit code, or the signal's name. */
  end(signal: NodeJS.Signals): Promise<number | string>
  exit(): Promise<number | string>
  waitUntil(path: string, status: number, timeout?: number): Promise<void>
}

/** Every service; each has a folder of that name with a main.ts. */
export type ServiceName =
  | 'api-gateway'
  | 'auth'
  | 'event'
  | 'event-analytics'
  | 'lab-manager'
  | 'library-details'
  | 'notification'
  | 'qaqc'
  | 'rag'
  | 'rag-model'
  | 'reports'
  | 'sample'
  | 'sequencing'
  | 'spreadsheet-versioning'
  | 'storage'
  | 'template'
  | 'transaction'

/** Where a service listens, what it is, and its own environment. */
export interface ServiceWish {
  readonly name: ServiceName
  readonly host: string
  readonly port: number
  readonly env: Readonly<Record<string, string>>
}

const started = new Map<string, ServiceName>()

/** Which service was started at an address such as http://127.0.0.2:8080. */
export function serviceAt(base: string): ServiceName | undefined {
  return started.get(base)
}

/** Starts a service; wait for its readiness with waitUntil. */
export function startService({ name, host, port, env }: ServiceWish): ServiceProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', name, 'main.ts')], {
    env: { HOST: host, PORT: String(port), SERVICE_NAME: name, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string)
  const base = `http://${host}:${port}`
  started.set(base, name)
  return {
    base,
    pid: child.pid ?? 0,
    output: () => output,
    exit: () => exited,
    end: (signal) => {
      child.kill(signal)
      return exited
    },
    waitUntil: async (path, status, timeout = 10_000) => {
      const ask = async (): Promise<void> => {
        if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${output}`)
        const answer = await fetch(base + path, { signal: AbortSignal.timeout(4000) })
        const body = await answer.text()
        if (answer.status !== status) throw new Error(`${name}${path} answered ${answer.status}: ${body}`)
      }
      await vi.waitFor(ask, { timeout, interval: 50 })
    },
  }
}
