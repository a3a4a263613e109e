// Names of Compose in a mounted file become the addresses of a local stack.
import type { ServiceSpec, Stack } from '../../model/stack.ts'
import { sinkNames } from '../stack-places.ts'
import { hostOf } from './layout.ts'
import type { Layout } from './layout.ts'

/** `sample:8081` -> `127.80.3.4:8081` for every service, and `0.0.0.0:` -> the service's own address. */
export function rewriteHosts(text: string, { layout, stack, spec }: { readonly layout: Layout; readonly stack: Stack; readonly spec: ServiceSpec }): string {
  const names = [...stack.services.map((service) => service.name), ...sinkNames(stack.harness)].sort((a, b) => b.length - a.length)
  const known = new RegExp(`(?<![\\w.>-])(${names.join('|')}):(?=\\d)`, 'g')
  return text
    .replace(known, (_, name: string) => `${hostOf(layout, stack, name)}:`)
    .replace(/(?<![\d.])0\.0\.0\.0:/g, `${hostOf(layout, stack, spec.name)}:`)
}
