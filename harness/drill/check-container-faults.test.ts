// What may not be asked of a container: limits that squeeze nothing, disks that would be the host's.
import { expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import { locate } from '../model/located.ts'
import type { ContainerSpec } from '../model/container-spec.ts'
import type { Stack } from '../model/stack.ts'
import { brokenReferences } from './check-references.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'

const PLAIN: ContainerSpec = { readOnly: false, tmpfs: [], capDrop: [], securityOpt: [], extraHosts: [], labels: {}, volumes: [] }
const CONTAINERS: Readonly<Record<string, Partial<ContainerSpec>>> = {
  web: { cpus: '0.5', memory: '${WEB_MEMORY:-128m}', tmpfs: ['/cache/:size=64m,mode=1777', '/tmp', '/half:size=50%', '/huge:size=${HUGE:-1g}'] },
  db: { tmpfs: ['/data:size=1g'] },
}
const STACK: Stack = {
  ...MINI_STACK,
  services: MINI_STACK.services.map((spec) => (spec.name in CONTAINERS ? { ...spec, container: { ...PLAIN, ...CONTAINERS[spec.name] } } : spec)),
}

/** One fault; it stands in line 4. */
function fault(text: string): readonly string[] {
  const written = `title: Is it told in time?\nload: { scenario: buy, rate: 20/s, floor: 10/s }\nfaults:\n  - { ${text}, for: 5m }\n`
  const located = locate('chaos/x.yaml', written)
  const drill = { ...drillSchema.parse(located.value), name: 'x', file: located.file }
  const problems = brokenReferences([{ drill, located }], { stack: STACK, observed: miniObserved(), scenarios: ['buy'] })
  return problems.map(({ file, line, what, fix }) => `${file}:${line}: ${what}. ${fix}`)
}

test.each([
  'kind: disconnect, service: web',
  'kind: cpu_limit, service: web, cpus: 0.1',
  'kind: cpu_limit, service: db, cpus: 8',
  'kind: memory_limit, service: web, memory: 64m',
  'kind: memory_limit, service: db, memory: 4g',
  'kind: disk_full, service: web, path: /cache',
  'kind: disk_full, service: db, path: /data/',
])('no problem: %s', (text) => {
  expect(fault(text)).toEqual([])
})

test.each([
  ['kind: cpu_limit, service: web, cpus: 0.001', 'chaos/x.yaml:4: no engine limits a service to 0.001 CPUs. write 0.01 or more'],
  ['kind: cpu_limit, service: web, cpus: 0.5', 'web has no more than 0.5 CPUs anyway, so a limit of 0.5 takes nothing away. write less than 0.5'],
  ['kind: memory_limit, service: db, memory: 4m', 'no engine limits a service to 4 MiB of memory. write 6m or more'],
  ['kind: memory_limit, service: web, memory: 128m', 'web has no more than 128 MiB of memory anyway, so a limit of 128 MiB takes nothing away'],
  [
    'kind: disk_full, service: db, path: /var/lib',
    "chaos/x.yaml:4: compose.yaml declares no tmpfs with a size at /var/lib of db, and nothing else may be filled. write tmpfs: ['/var/lib:size=64m'] under services.db there, or use one of: /data",
  ],
  ['kind: disk_full, service: web, path: /tmp', 'declares no tmpfs with a size at /tmp of web'],
  ['kind: disk_full, service: web, path: /half', 'declares no tmpfs with a size at /half of web'],
  ['kind: disk_full, service: web, path: /cache/deeper', 'declares no tmpfs with a size at /cache/deeper of web'],
  ['kind: disk_full, service: exporter, path: /data', "write tmpfs: ['/data:size=64m'] under services.exporter there"],
  ['kind: disk_full, service: web, path: /huge', 'disk_full on web would take 1 GiB of the 128 MiB of memory that web may hold'],
  ['kind: disconnect, service: prometheus', 'disconnect on prometheus would blind the harness'],
  ['kind: disconnect, service: wep', 'there is no service wep. did you mean web?'],
])('a problem: %s', (text, expected) => {
  expect(fault(text)).toEqual([expect.stringContaining(expected)])
})
