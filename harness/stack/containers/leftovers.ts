// Everything that runs have in an engine, found by label: whoever made it, and however it ended.
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import type { Clock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { askEngine, saysGone, saysSo } from './ask-engine.ts'
import { RUN_LABEL } from './labels.ts'

/** What a service gets to say goodbye before it is killed. */
const GRACE_S = 3
/** Docker takes a tenth of a second for each published port, and a proxy with every edge has more than a hundred. */
const GONE_WITHIN = 60_000
/** How long an engine may go on saying that an empty network is in use. */
const STUCK_AFTER = 3_000

export interface Leftover {
  readonly kind: 'container' | 'network' | 'volume'
  readonly run: string
  /** Id of a container or network, name of a volume. */
  readonly id: string
  /** Of a container: created, running, paused, exited ... */
  readonly state?: string
}

export interface Engine {
  readonly docker: Dockerode
  readonly clock: Clock
}

/** Of one run, or of all runs. */
export function leftovers({ docker, clock }: Engine, run?: string): Promise<readonly Leftover[]> {
  const filters = { label: [run === undefined ? RUN_LABEL : `${RUN_LABEL}=${run}`] }
  return askEngine({ clock, what: 'list what runs have left' }, async (abortSignal) => {
    const [containers, networks, volumes] = await Promise.all([
      docker.listContainers({ all: true, filters, abortSignal }),
      docker.listNetworks({ filters, abortSignal }),
      docker.listVolumes({ filters, abortSignal }),
    ])
    return [
      ...containers.map(({ Id: id, State: state, Labels: labels }) => ({ kind: 'container' as const, id, state, run: labels[RUN_LABEL] ?? '' })),
      ...networks.map(({ Id: id, Labels: labels }) => ({ kind: 'network' as const, id, run: labels?.[RUN_LABEL] ?? '' })),
      ...volumes.Volumes.map(({ Name: id, Labels: labels }) => ({ kind: 'volume' as const, id, run: labels[RUN_LABEL] ?? '' })),
    ]
  })
}

/**
 * Ends everything that a run has in the engine: containers gently, then not, all at once; then networks and volumes. Looks again until
 * nothing is left, for a container may be in the making. Returns how many things there were.
 */
export async function endAll(engine: Engine, run: string): Promise<number> {
  const ended = new Set<string>()
  let left: readonly Leftover[] = []
  let emptySince: number | undefined
  let hopeless: HarnessError | undefined
  const wait = { clock: engine.clock, within: GONE_WITHIN, every: 100, what: `everything of ${run} to be removed` }
  const look = async () => {
    left = await leftovers(engine, run)
    left.forEach(({ id }) => ended.add(id))
    emptySince = left.every(({ kind }) => kind === 'network') ? (emptySince ?? engine.clock.now()) : undefined
    await endThese(engine, left)
    return left.length === 0
  }
  await poll(wait, () => look().catch((thrown: unknown) => {
    const isStuck = emptySince !== undefined && engine.clock.now() - emptySince >= STUCK_AFTER
    hopeless = isLost(thrown) ? thrown : isStuck ? stuck(left, thrown) : undefined
    if (hopeless === undefined) throw thrown
    return true
  }))
  if (hopeless !== undefined) throw hopeless
  return ended.size
}

/** An engine may lose count of what was in a network: then nothing but its restart helps, and nothing but the empty network is left. */
function stuck(left: readonly Leftover[], cause: unknown): HarnessError {
  const hint = 'the engine counts an endpoint that is gone; restart the engine, then harness undo'
  return new HarnessError('ENGINE_REFUSED', `the engine keeps the empty network ${left.map(({ id }) => id.slice(0, 12)).join(', ')}`, { cause, hint })
}

/** No use in asking an engine again that has gone. */
function isLost(thrown: unknown): thrown is HarnessError {
  return thrown instanceof HarnessError && thrown.code === 'ENGINE_UNREACHABLE'
}

async function endThese(engine: Engine, left: readonly Leftover[]): Promise<void> {
  const of = (kind: Leftover['kind']) => left.filter((one) => one.kind === kind)
  await Promise.all(of('container').map((one) => endContainer(engine, one)))
  await Promise.all([...of('network'), ...of('volume')].map((one) => removeThing(engine, one)))
}

/** A frozen one hears nothing but SIGKILL. */
async function endContainer({ docker, clock }: Engine, { id, state }: Leftover): Promise<void> {
  const container = docker.getContainer(id)
  await askEngine({ clock, what: `end the container ${id.slice(0, 12)}` }, async (abortSignal) => {
    if (state === 'paused') await unlessDone(container.unpause({ abortSignal }))
    if (state === 'running' || state === 'paused') await unlessDone(container.stop({ t: GRACE_S, abortSignal }))
    await unlessDone(container.remove({ force: true, v: true, abortSignal }))
  })
}

async function removeThing({ docker, clock }: Engine, { kind, id }: Leftover): Promise<void> {
  const thing = kind === 'network' ? docker.getNetwork(id) : docker.getVolume(id)
  await askEngine({ clock, what: `remove the ${kind} ${id}` }, async () => unlessDone(thing.remove()))
}

/** Not there, not running, or being removed by somebody else: all of it is what was wanted. */
async function unlessDone(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (thrown) {
    if (!saysGone(thrown) && !saysSo(thrown)) throw thrown
  }
}
