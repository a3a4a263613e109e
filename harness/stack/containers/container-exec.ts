// Runs a program of the image inside a container that runs, to its end.
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import type Dockerode from 'dockerode'

export interface Executed {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** As the container's own user, without a shell. An aborted signal ends the waiting, not the program. */
export async function execIn(container: Dockerode.Container, argv: readonly string[], signal: AbortSignal): Promise<Executed> {
  const order = { Cmd: [...argv], Env: ['LC_ALL=C'], AttachStdout: true, AttachStderr: true }
  const exec = await container.exec({ ...order, abortSignal: signal })
  const stream = await exec.start({ Detach: false, Tty: false, abortSignal: signal })
  const [out, err] = [new PassThrough(), new PassThrough()]
  container.modem.demuxStream(stream, out, err)
  const [stdout, stderr] = await Promise.all([text(out), text(err), finished(stream, { writable: false, signal }).finally(() => (out.end(), err.end()))])
  const { ExitCode: exitCode } = await exec.inspect({ abortSignal: signal })
  return { exitCode: exitCode ?? -1, stdout, stderr }
}
