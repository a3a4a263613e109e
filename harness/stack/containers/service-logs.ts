// What containers say, written to a file for each service while they say it.
import { createWriteStream, mkdirSync } from 'node:fs'
import type { WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import type Dockerode from 'dockerode'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import { logFile } from '../log-file.ts'

const NANO = 1e9
const CLOSE_WITHIN = 2_000

export interface LogOptions {
  readonly docker: Dockerode
  readonly clock: Clock
  readonly artifacts: string
}

/** One writer for each file, however often a service starts. */
export class ServiceLogs {
  readonly #options: LogOptions
  readonly #files = new Map<string, WriteStream>()
  readonly #streams = new Set<Readable>()

  constructor(options: LogOptions) {
    this.#options = options
  }

  /** Follows a container that has just started; `since` (nanoseconds) leaves out what it said in an earlier life. */
  async follow(service: string, id: string, since: number): Promise<void> {
    const { docker } = this.#options
    const order = { follow: true as const, stdout: true, stderr: true, since: (since / NANO).toFixed(9) as unknown as number }
    const stream = (await docker.getContainer(id).logs(order)) as unknown as Readable
    this.#streams.add(stream)
    const file = this.#file(service)
    // one writer and two sources: neither may end it
    const text = new PassThrough().on('data', (part) => file.write(part))
    docker.modem.demuxStream(stream, text, text)
    stream.on('error', () => undefined).on('close', () => this.#streams.delete(stream))
  }

  /** Lets what is under way arrive, then closes every file. */
  async close(): Promise<void> {
    this.#streams.forEach((stream) => stream.destroy())
    const files = [...this.#files.values()]
    this.#files.clear()
    const closing = Promise.allSettled(files.map((file) => finished(file.end())))
    await withDeadline({ clock: this.#options.clock, within: CLOSE_WITHIN, what: 'the logs to be written' }, () => closing)
  }

  #file(service: string): WriteStream {
    const known = this.#files.get(service)
    if (known !== undefined) return known
    const path = logFile(this.#options.artifacts, service)
    mkdirSync(dirname(path), { recursive: true })
    // a log that cannot be written is no reason to end a run
    const file = createWriteStream(path, { flags: 'a' }).on('error', () => undefined)
    this.#files.set(service, file)
    return file
  }
}

/** The last lines of both streams, as the engine kept them; empty when it has nothing. */
export async function lastLinesOf(docker: Dockerode, id: string, count = 8): Promise<readonly string[]> {
  const kept = await docker.getContainer(id).logs({ follow: false, stdout: true, stderr: true, tail: count }).catch(() => undefined)
  if (kept === undefined) return []
  return textOf(kept).split('\n').filter(Boolean).slice(-count)
}

/** Without the heads of eight bytes that stand before each piece. */
function textOf(framed: Buffer): string {
  let text = ''
  for (let at = 0; at + 8 <= framed.length; ) {
    const size = framed.readUInt32BE(at + 4)
    text += framed.toString('utf8', at + 8, at + 8 + size)
    at += 8 + size
  }
  return text
}
