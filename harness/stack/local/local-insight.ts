// What can be seen of services that are plain processes: in /proc, in their logs, in what was written for them.
import { readFile, readlink } from 'node:fs/promises'
import { HarnessError } from '../../errors.ts'
import type { Insight } from '../../model/insight.ts'
import type { Address, Stack } from '../../model/stack.ts'
import { mountedFiles } from '../config-files.ts'
import { logFile } from '../log-file.ts'
import { tailOf } from '../log-tail.ts'
import { accepts } from '../readiness.ts'
import { serviceNamed } from '../stack-places.ts'
import { listenersOf } from './listening.ts'
import { treeOf } from './process.ts'

export interface LocalPlace {
  readonly stack: Stack
  readonly artifacts: string
  address(service: string, port: number): Address
  /** Undefined while it does not run. */
  pid(service: string): number | undefined
}

export function localInsight({ stack, artifacts, address, pid }: LocalPlace): Insight {
  const living = (service: string) => {
    const id = pid(service)
    if (id === undefined) throw new HarnessError('PROBE_UNREACHABLE', `${service} does not run`)
    return id
  }
  return {
    log: (service, most) => tailOf(logFile(artifacts, service), most),
    commandLine: async (service) => wordsOf(await readFile(`/proc/${living(service)}/cmdline`, 'utf8')),
    environment: async (service) => pairsOf(wordsOf(await readFile(`/proc/${living(service)}/environ`, 'utf8'))),
    files: (service) => mountedFiles(artifacts, serviceNamed(stack, service)),
    listeners: async (service) => listenersOf(treeOf(living(service))),
    traits: async () => undefined,
    // what shares our network reaches whatever we reach
    connects: async (from, to, port) => ((await networkOf(living(from))) === (await networkOf('self')) ? accepts(address(to, port)) : undefined),
  }
}

function networkOf(pid: number | 'self'): Promise<string> {
  return readlink(`/proc/${pid}/ns/net`)
}

function wordsOf(text: string): readonly string[] {
  return text.replace(/\0+$/, '').split('\0')
}

export function pairsOf(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.filter((pair) => pair.includes('=')).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}
