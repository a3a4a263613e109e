// k6 in a container on the network of the stack: the same files, signals and exit codes as those of a process.
import { createWriteStream } from 'node:fs'
import { constants } from 'node:os'
import { basename } from 'node:path'
import { finished } from 'node:stream/promises'
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import type { Exit, K6Order, LaunchK6, RunningK6 } from '../../model/k6.ts'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import { asEngineError, saysGone, saysSo } from './ask-engine.ts'
import { engineClient } from './engine-client.ts'
import type { Environment } from '../compose-variables.ts'
import { RUN_LABEL } from './labels.ts'

const START_WITHIN_MS = 30_000
const OUTPUT_WITHIN_MS = 5_000
/** The exit code of a program that a signal ended is this and the number of the signal. */
const KILLED_FROM = 128

export interface K6Place {
  /** Its entry point is k6. */
  readonly image: string
  /** The network of the stack, by name. */
  readonly network: string
  /** The run that the load belongs to; a sweep finds the container by it. */
  readonly run: string
  readonly clock: Clock
  /** Where the engine is looked for. */
  readonly env: Environment
}

/** Runs k6 from this image, in this network. */
export function k6Container(place: K6Place): LaunchK6 {
  const wait = { clock: place.clock, within: START_WITHIN_MS, what: 'the container of k6 to start' }
  return (order) =>
    withDeadline(wait, () => launch(place, order)).catch((cause: unknown) => {
      throw new HarnessError('LOAD_NOT_STARTED', `could not run ${place.image}`, { cause, hint: 'harness drill --load process runs k6 without a container' })
    })
}

async function launch(place: K6Place, order: K6Order): Promise<RunningK6> {
  const { docker } = await engineClient(place.env)
  const container = await docker.createContainer(definitionOf(place, order, await userIn(docker)))
  try {
    const output = await follow(container, order)
    await container.start()
    return runningK6(container, output, place.clock)
  } catch (thrown) {
    await remove(container)
    throw thrown
  }
}

/**
 * Without limits of memory and CPU: a load generator that is held back would be taken for a slow system. Without service label:
 * it is no service. Its directory is mounted under its own path, so that every path means the same on both sides.
 */
export function definitionOf({ image, network, run }: K6Place, { args, directory, env }: K6Order, user: string): Dockerode.ContainerCreateOptions {
  return {
    name: `${run}-k6-${basename(directory)}`.replace(/[^\w.-]/g, '-'),
    Image: image,
    Cmd: [...args],
    WorkingDir: directory,
    User: user,
    Env: Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    Labels: { [RUN_LABEL]: run },
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: network,
      Mounts: [{ Type: 'bind', Source: directory, Target: directory }],
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
    },
  }
}

/** Whoever runs the harness owns the files. In a rootless engine that user is called root. */
async function userIn(docker: Dockerode): Promise<string> {
  const { SecurityOptions = [] } = (await docker.info()) as { readonly SecurityOptions?: readonly string[] }
  return SecurityOptions.some((option) => option.includes('rootless')) ? '0:0' : `${process.getuid?.()}:${process.getgid?.()}`
}

interface Output {
  /** Resolves once everything is on disk. */
  readonly written: Promise<unknown>
}

/** From before the start, so that not a line is missed. */
async function follow(container: Dockerode.Container, { stdout, stderr }: K6Order): Promise<Output> {
  const [out, err] = [createWriteStream(stdout), createWriteStream(stderr)]
  const stream = await container.attach({ stream: true, stdout: true, stderr: true })
  container.modem.demuxStream(stream, out, err)
  const end = () => [out, err].forEach((file) => file.end())
  stream.once('end', end).once('close', end)
  return { written: Promise.allSettled([out, err].map((file) => finished(file))) }
}

function runningK6(container: Dockerode.Container, { written }: Output, clock: Clock): RunningK6 {
  return {
    id: container.id,
    exited: exitOf(container).then(async (exit) => {
      await withDeadline({ clock, within: OUTPUT_WITHIN_MS, what: 'the output of k6' }, () => written).catch(() => undefined)
      return exit
    }),
    kill: (signal) => unlessGone(container.kill({ signal })),
    remove: () => remove(container),
  }
}

/** An engine that no longer answers has not seen the end. */
async function exitOf(container: Dockerode.Container): Promise<Exit> {
  try {
    const { StatusCode: status } = (await container.wait()) as { readonly StatusCode: number }
    return status > KILLED_FROM ? { code: null, signal: signalOf(status - KILLED_FROM) } : { code: status, signal: null }
  } catch {
    return { code: null, signal: null }
  }
}

function signalOf(number: number): NodeJS.Signals | null {
  const [name] = Object.entries(constants.signals).find(([, value]) => value === number) ?? [null]
  return name as NodeJS.Signals | null
}

function remove(container: Dockerode.Container): Promise<void> {
  return unlessGone(container.remove({ force: true, v: true }))
}

/** Not there, not running, or being removed by somebody else: all of it is what was wanted. */
async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (thrown) {
    if (!saysGone(thrown) && !saysSo(thrown)) throw asEngineError(thrown, 'end the container of k6')
  }
}
