// Whom an alert would reach, by the routes that Alertmanager has loaded. No alert is sent for it.
import { parse } from 'yaml'
import { z } from 'zod'
import { HarnessError } from '../../errors.ts'
import { alertmanagerSchema, receiversFor, routeOf } from '../../model/route.ts'
import type { Route } from '../../model/route.ts'
import { httpClient } from '../http-client.ts'
import { observe } from '../probe.ts'
import type { GateProbe } from './gate-probe.ts'

const status = z.object({ config: z.object({ original: z.string() }) })

export const routes: GateProbe<'routes'> = ({ routes: asked }, { rig, clock, signal }) =>
  observe(signal, [], async () => {
    const http = httpClient({ name: 'Alertmanager', base: rig.observer('alertmanager'), clock, signal })
    const { config } = await http.json({ path: '/api/v2/status' }, status)
    const root = routeOf(alertmanagerSchema.parse(parse(config.original)))
    // Alertmanager takes a label that an alert does not have for an empty one
    const none = Object.fromEntries(labelsOf(root).map((label) => [label, '']))
    return { value: asked.map(({ labels }) => ({ labels, receivers: told(root, { ...none, ...labels }) })) }
  })

function labelsOf({ matchers, routes: below }: Route): readonly string[] {
  return [...matchers.map(({ label }) => label), ...below.flatMap(labelsOf)]
}

function told(root: Route, labels: Readonly<Record<string, string>>): readonly string[] {
  const receivers = receiversFor(root, labels)
  if (receivers === undefined) throw new HarnessError('BUG', 'every label was given, and yet one decides')
  return receivers
}
