// Brings a restarted proxy server back to what it should be: its proxies, the disabled ones, and the toxics of active
// faults.
import { HarnessError } from '../errors.ts'
import type { Stack } from '../model/stack.ts'
import type { ProxyApi, ProxyState } from './proxy-api.ts'
import type { WantedProxy, WantedState } from './wanted-state.ts'

/** Runs one call with a deadline; `what` completes "could not ...". */
export type Run = <T>(what: string, work: (api: ProxyApi, signal: AbortSignal) => Promise<T>) => Promise<T>

/** Returns what was put back, in words. CONTROL_API_HUNG when a proxy is missing and its addresses were never seen. */
export async function restoreProxies(wanted: WantedState, stack: Stack, run: Run): Promise<string[]> {
  const present = await run('list the proxies after its restart', (api, signal) => api.list(signal))
  const restored: string[] = []
  for (const { name } of stack.edges) {
    const proxy = present.find((candidate) => candidate.name === name)
    restored.push(...(await restoreProxy(name, { proxy, want: wanted.of(name) }, run)))
  }
  return restored
}

async function restoreProxy(
  name: string,
  { proxy, want }: { proxy: ProxyState | undefined; want: WantedProxy },
  run: Run,
): Promise<string[]> {
  const restored = [proxy ? `proxy ${name}` : `proxy ${name}, created anew`]
  if (!proxy) {
    const { seen } = want
    if (!seen)
      throw new HarnessError(
        'CONTROL_API_HUNG',
        `proxy ${name} did not come back with the restart and its addresses are not known`,
      )
    await run(`create proxy ${name}`, (api, signal) => api.create({ name, ...seen, enabled: true }, signal))
  }
  for (const toxic of want.toxics.filter(({ name: wish }) => !proxy?.toxics.some((present) => present.name === wish))) {
    await run(`add ${toxic.name} to ${name} again`, (api, signal) => api.addToxic(name, toxic, signal))
    restored.push(`${toxic.type} on ${name} (${toxic.name})`)
  }
  if (!want.enabled) {
    await run(`disable ${name} again`, (api, signal) => api.setEnabled(name, false, signal))
    restored.push(`outage on ${name}`)
  }
  return restored
}
