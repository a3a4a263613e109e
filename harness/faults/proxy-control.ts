// The way to Toxiproxy that survives its control API: every call has a deadline, and a server that stops answering is
// restarted and put back into the state it should be in.
import { HarnessError, messageOf } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import type { Rig } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'
import { proxyApi, statusOf } from './proxy-api.ts'
import type { ProxyApi, ProxyState, Toxic } from './proxy-api.ts'
import { restoreProxies } from './proxy-restore.ts'
import { wantedState } from './wanted-state.ts'

export interface ProxyControl {
  /** Every proxy with its toxics. */
  proxies(signal: AbortSignal): Promise<readonly ProxyState[]>
  /** FAULT_NOT_APPLIED with the server's words when it refuses. */
  addToxic(edge: string, toxic: Toxic, signal: AbortSignal): Promise<void>
  /** A toxic or proxy that is not there is as good as removed. */
  removeToxic(edge: string, toxic: string, signal: AbortSignal): Promise<void>
  setEnabled(edge: string, enabled: boolean, signal: AbortSignal): Promise<void>
}

export interface ControlOptions {
  readonly rig: Rig
  readonly clock: Clock
  /** Called after each restart, with what was put back, so that it can be journaled. */
  readonly onRestart: (why: string, restored: string[]) => void
  /** Milliseconds each call may take; 3 000 when left out. */
  readonly deadlineMs?: number
  /** Milliseconds a restart may take; 30 000 when left out. */
  readonly restartMs?: number
}

interface Call<T> {
  readonly what: string
  readonly code: ErrorCode
  readonly work: (api: ProxyApi, signal: AbortSignal) => Promise<T>
}

/**
 * Toxiproxy 2.12.0 deadlocks when a toxic is removed while callers break off in the middle of an answer, as callers
 * with a timeout do under a latency: the proxy then serves no new connection, and nothing but a restart helps.
 */
export function openProxyControl(options: ControlOptions): ProxyControl {
  const wanted = wantedState()
  const ask = asker(options)
  const survive = survivor(options, ask, wanted)
  return {
    proxies: async (signal) => {
      const seen = (await survive(LIST, signal)) ?? (await ask(LIST, signal))
      wanted.remember(seen)
      return seen
    },
    addToxic: async (edge, toxic, signal) => {
      const what = `add ${toxic.name} to ${edge}`
      const work = (api: ProxyApi, limit: AbortSignal) => api.addToxic(edge, toxic, limit)
      wanted.addToxic(edge, toxic)
      await survive({ what, code: 'FAULT_NOT_APPLIED', work }, signal).catch((thrown: unknown) => {
        wanted.removeToxic(edge, toxic.name)
        throw thrown
      })
    },
    removeToxic: async (edge, toxic, signal) => {
      wanted.removeToxic(edge, toxic)
      const work = (api: ProxyApi, limit: AbortSignal) => unlessMissing(api.removeToxic(edge, toxic, limit))
      await survive({ what: `remove ${toxic} from ${edge}`, code: 'FAULT_NOT_REVERTED', work }, signal)
    },
    setEnabled: async (edge, enabled, signal) => {
      const [what, code] = enabled
        ? ([`enable ${edge}`, 'FAULT_NOT_REVERTED'] as const)
        : ([`disable ${edge}`, 'FAULT_NOT_APPLIED'] as const)
      wanted.setEnabled(edge, enabled)
      await survive({ what, code, work: (api, limit) => api.setEnabled(edge, enabled, limit) }, signal)
    },
  }
}

const LIST: Call<readonly ProxyState[]> = {
  what: 'list the proxies',
  code: 'PROBE_UNREACHABLE',
  work: (api, limit) => api.list(limit),
}

type Ask = <T>(call: Call<T>, signal: AbortSignal) => Promise<T>

/** One attempt. A refusal becomes the call's own error; no answer becomes CONTROL_API_HUNG. */
function asker({ rig, clock, deadlineMs = 3_000 }: ControlOptions): Ask {
  return async (call, signal) => {
    const api = proxyApi(rig.observer('toxiproxy'))
    try {
      return await withDeadline({ clock, within: deadlineMs, signal, what: `Toxiproxy to ${call.what}` }, (limit) =>
        call.work(api, limit),
      )
    } catch (thrown) {
      signal.throwIfAborted()
      // 503 is what the server's own time limit says of a call that hangs.
      const code = [undefined, 503].includes(statusOf(thrown)) ? 'CONTROL_API_HUNG' : call.code
      throw new HarnessError(code, `could not ${call.what}: ${messageOf(thrown)}`, { cause: thrown })
    }
  }
}

/**
 * An attempt that outlives the server: when it does not answer, the server is restarted into the wanted state, which
 * the call has already changed, so that a call that changes something is then done; one that reads gives undefined.
 */
function survivor(options: ControlOptions, ask: Ask, wanted: ReturnType<typeof wantedState>) {
  let restart: Promise<void> | undefined
  let restarts = 0
  const begin = async (why: string, signal: AbortSignal) => {
    await restartServer(options, signal)
    const restored = await restoreProxies(wanted, options.rig.stack, (what, work) =>
      ask({ what, code: 'CONTROL_API_HUNG', work }, signal),
    )
    restarts += 1
    options.onRestart(why, restored)
  }
  return async <T>(call: Call<T>, signal: AbortSignal): Promise<T | undefined> => {
    // Somebody else's restart: whether it worked, this call will see for itself.
    await restart?.catch(() => undefined)
    const age = restarts
    try {
      return await ask(call, signal)
    } catch (thrown) {
      if (!(thrown instanceof HarnessError) || thrown.code !== 'CONTROL_API_HUNG') throw thrown
      // Another call may have had the server restarted meanwhile: that is why this one failed, and it is done by now.
      if (age === restarts) restart ??= begin(thrown.message, signal).finally(() => (restart = undefined))
      await restart
      return undefined
    }
  }
}

async function restartServer({ rig, clock, restartMs = 30_000 }: ControlOptions, signal: AbortSignal): Promise<void> {
  const service = rig.stack.harness.observers.toxiproxy.split(':')[0] ?? 'toxiproxy'
  await withDeadline({ clock, within: restartMs, signal, what: `${service} to restart` }, async (limit) => {
    if ((await rig.state(service)) !== 'stopped') await rig.kill(service)
    await rig.restart(service, limit)
  })
}

async function unlessMissing(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (thrown) {
    if (statusOf(thrown) !== 404) throw thrown
  }
}
