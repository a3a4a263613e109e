// A network with a k6 image beside it, for tests of load in containers; all of it is removed again.
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Dockerode from 'dockerode'
import { RUN_LABEL } from '../labels.ts'

export interface K6Stage extends AsyncDisposable {
  readonly docker: Dockerode
  readonly run: string
  readonly image: string
  readonly network: string
  /** The address of this machine in the network. */
  readonly gateway: string
  /** Ids of the containers of the run that are there. */
  left(): Promise<readonly string[]>
}

/** Whether an engine answers where Docker usually listens. */
export async function engineAnswers(): Promise<boolean> {
  return new Dockerode().ping().then(
    () => true,
    () => false,
  )
}

export async function openK6Stage(binary: string): Promise<K6Stage> {
  const docker = new Dockerode()
  const run = `test-${randomBytes(4).toString('hex')}`
  const image = `readiness-test/k6:${run}`
  await buildImage(docker, { binary, image, run })
  const network = await docker.createNetwork({ Name: run, Labels: { [RUN_LABEL]: run } })
  const { IPAM } = (await network.inspect()) as Dockerode.NetworkInspectInfo
  const left = async () => {
    const found = await docker.listContainers({ all: true, filters: { label: [`${RUN_LABEL}=${run}`] } })
    return found.map(({ Id }) => Id)
  }
  return {
    docker,
    run,
    image,
    network: run,
    gateway: IPAM?.Config?.[0]?.Gateway ?? '',
    left,
    [Symbol.asyncDispose]: async () => {
      for (const id of await left()) await docker.getContainer(id).remove({ force: true })
      await network.remove()
      await docker.getImage(image).remove({ force: true })
    },
  }
}

interface Recipe {
  readonly binary: string
  readonly image: string
  readonly run: string
}

async function buildImage(docker: Dockerode, { binary, image, run }: Recipe): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'k6-image-'))
  try {
    copyFileSync(binary, join(context, 'k6'))
    writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY k6 /usr/bin/k6\nENTRYPOINT ["/usr/bin/k6"]\n')
    const stream = await docker.buildImage({ context, src: ['Dockerfile', 'k6'] }, { t: image, labels: { [RUN_LABEL]: run } })
    await new Promise<void>((resolve, reject) => docker.modem.followProgress(stream, (failed) => (failed ? reject(failed) : resolve())))
  } finally {
    rmSync(context, { recursive: true })
  }
}
