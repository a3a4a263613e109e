// The sagas this process works on: each runs on its own, and one that cannot go on leaves its place.
import { SpanKind } from '@opentelemetry/api'
import { inLinkedSpan, linksTo } from '../kit/span.ts'
import { goBack } from './backward.ts'
import type { Engine } from './engine.ts'
import { goForward } from './forward.ts'
import type { Saga } from './saga.ts'
import { isEnd } from './status.ts'

/** What is told about running sagas. */
export interface Witness {
  ended(saga: Saga): Promise<void>
  /** This process cannot bring the saga to its end now; it is stored, and can be resumed. */
  interrupted(saga: Saga, error: unknown): void
}

/** The sagas at work. */
export interface Running {
  /** Runs a saga; resolves with it at its end, or with undefined when it was interrupted. Never rejects. */
  launch(engine: Engine, saga: Saga, resumed: boolean): Promise<Saga | undefined>
  /** Takes a place for a saga that is about to exist, so that it is not found lost while it begins. */
  reserve(id: string): void
  leave(id: string): void
  ids(): readonly string[]
  has(id: string): boolean
  /** Resolves when this saga, or every saga, has left. */
  quiet(id?: string): Promise<void>
}

/** No saga runs yet. */
export function createRunning(witness: Witness): Running {
  const sagas = new Map<string, Promise<unknown>>()
  const finish = async (work: Promise<Saga>, saga: Saga): Promise<Saga | undefined> => {
    try {
      const ended = await work
      await witness.ended(ended)
      return ended
    } catch (error) {
      witness.interrupted(saga, error)
      return undefined
    } finally {
      sagas.delete(saga.id)
    }
  }
  return {
    launch: (engine, saga, resumed) => {
      const done = finish(run(engine, saga, resumed), saga)
      sagas.set(saga.id, done)
      return done
    },
    reserve: (id) => void sagas.set(id, Promise.resolve()),
    leave: (id) => void sagas.delete(id),
    ids: () => [...sagas.keys()],
    has: (id) => sagas.has(id),
    quiet: async (id) => void (await Promise.all(id === undefined ? sagas.values() : [sagas.get(id)])),
  }
}

/** A resumed saga has a trace of its own, with a link to the one it was submitted in. */
function run(engine: Engine, saga: Saga, resumed: boolean): Promise<Saga> {
  const links = resumed ? linksTo(saga.trace) : []
  const attributes = { 'saga.id': saga.id, 'saga.resumed': resumed }
  return inLinkedSpan({ name: `saga ${saga.workflow}`, kind: SpanKind.INTERNAL, attributes, links }, async () => {
    // It may have ended between being found and being taken up.
    const now = resumed ? await engine.store.read(saga) : saga
    if (isEnd(now.status)) return now
    const ended = await bringToEnd(engine, now, resumed)
    if (isEnd(ended.status)) engine.meter.ended(ended.status, (Date.now() - ended.created_at.getTime()) / 1000)
    return ended
  })
}

async function bringToEnd(engine: Engine, saga: Saga, resumed: boolean): Promise<Saga> {
  const forward = saga.status === 'Executing' ? await goForward(engine, saga, resumed) : saga
  return isEnd(forward.status) ? forward : goBack(engine, forward)
}
