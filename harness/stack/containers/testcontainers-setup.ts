// Points testcontainers at the engine that was found, and asks for its reaper where that can be had. Heavy: to be loaded late.
import { LABEL_TESTCONTAINERS_SESSION_ID, getContainerRuntimeClient, getReaper } from 'testcontainers'
import { getContainerRuntimeConfig } from 'testcontainers/build/container-runtime/strategies/utils/config.js'
import { asEngineError } from './ask-engine.ts'
import type { EngineClient } from './engine-client.ts'
import type { Environment } from '../compose-variables.ts'

const REAPER_IMAGE = 'testcontainers/ryuk:0.14.0'

export interface Setup {
  readonly engine: EngineClient
  readonly env: Environment
  /** Whether all is to end with this process. */
  readonly reaped: boolean
}

/**
 * Labels by which the reaper finds what is to end with this process; undefined where there is none to be had, and only our own sweep
 * ends what is left. testcontainers looks at fewer places than we do, and keeps what it is told first.
 */
export async function setUpTestcontainers({ engine, env, reaped }: Setup): Promise<Readonly<Record<string, string>> | undefined> {
  await getContainerRuntimeConfig({ ...env, DOCKER_HOST: engine.where })
  try {
    const client = await getContainerRuntimeClient()
    if (!reaped || env.TESTCONTAINERS_RYUK_DISABLED === 'true' || !(await hasReaper(engine, env))) return undefined
    // one that does not start is done without as well
    const reaper = await getReaper(client).catch(() => undefined)
    return reaper && { [LABEL_TESTCONTAINERS_SESSION_ID]: reaper.sessionId }
  } catch (thrown) {
    throw asEngineError(thrown, 'set up testcontainers')
  }
}

/** Never pulled: the sweep does without. */
async function hasReaper({ docker }: EngineClient, env: Environment): Promise<boolean> {
  const image = docker.getImage(env.RYUK_CONTAINER_IMAGE || REAPER_IMAGE)
  return image.inspect().then(
    () => true,
    () => false,
  )
}
