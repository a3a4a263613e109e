// What can be seen of a service beside its answers, by whoever runs it: what it was started with, what it logs, where it listens.
import type { Trait } from './gate-check.ts'

/** A door of a service to the network. */
export interface Listener {
  readonly port: number
  readonly address: string
  /** Whether only this machine can knock there. */
  readonly loopback: boolean
}

export type Traits = Readonly<Record<Trait, boolean>>

/** Each throws where it could not look; that is not the same as nothing seen. */
export interface Insight {
  /** The newest lines of its log, the oldest of them first. */
  log(service: string, most: number): Promise<readonly string[]>
  /** What it runs with, program first: as the kernel has it, or the engine. */
  commandLine(service: string): Promise<readonly string[]>
  environment(service: string): Promise<Readonly<Record<string, string>>>
  /** The configuration that it mounts, as it was written for it, by its path inside. */
  files(service: string): Promise<readonly { readonly path: string; readonly text: string }[]>
  listeners(service: string): Promise<readonly Listener[]>
  /** As its engine has them; undefined where no engine runs it. */
  traits(service: string): Promise<Traits | undefined>
  /** Whether `from` itself can connect to a port of `to`; undefined where nobody can tell. */
  connects(from: string, to: string, port: number): Promise<boolean | undefined>
}

/** `127.0.0.1`, `::1` and what is written in between. */
export function isLoopback(address: string): boolean {
  return /^(127\.|::ffff:127\.|::1$|localhost$)/.test(address)
}
