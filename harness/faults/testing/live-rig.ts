// A rig of real processes for the live tests of faults: a Toxiproxy and what stands behind it, each on its own
// loopback address.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Edge, Rig } from '../../model/stack.ts'
import { testStack } from './test-stack.ts'
import { foundTool } from '../../stack/toolchain/testing/found-tool.ts'
import { liveProcess } from './live-process.ts'
import type { LiveProcess } from './live-process.ts'

/** Undefined when there is none, and then live tests are skipped. */
export const toxiproxyBinary = await foundTool('toxiproxy-server')

export interface LiveRig extends Rig {
  readonly process: (service: string) => LiveProcess
  /** From which Toxiproxy reads its proxies at each start. */
  readonly config: string
  stop(): Promise<void>
}

export interface RigPlan {
  /** Such as 127.64.1; Toxiproxy takes its .1. */
  readonly subnet: string
  readonly edges: readonly Edge[]
  /** Every callee of an edge. */
  readonly services: Readonly<Record<string, LiveProcess>>
}

/** Starts everything; whoever calls it calls stop. */
export async function startLiveRig({ subnet, edges, services }: RigPlan): Promise<LiveRig> {
  const directory = mkdtempSync(join(tmpdir(), 'faults-live-'))
  const host = `${subnet}.1`
  const config = join(directory, 'toxiproxy.json')
  writeFileSync(config, JSON.stringify(edges.map((edge) => proxyOf(edge, host, services))))
  const toxiproxy = liveProcess({
    argv: [toxiproxyBinary ?? 'toxiproxy-server', '-host', host, '-port', '8474', '-config', config],
    address: { host, port: 8474 },
    options: { env: { LOG_LEVEL: 'error' } },
  })
  const processes: Record<string, LiveProcess> = { ...services, toxiproxy }
  const stop = async () => {
    await Promise.all(Object.values(processes).map((process) => process.kill()))
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    for (const process of Object.values(processes)) await process.start()
  } catch (thrown) {
    await stop()
    throw thrown
  }
  return { ...rigOf(edges, processes), config, stop }
}

function rigOf(
  edges: readonly Edge[],
  processes: Readonly<Record<string, LiveProcess>>,
): Omit<LiveRig, 'config' | 'stop'> {
  const stack = testStack(
    edges,
    Object.entries(processes).map(([name, { address }]) => ({ name, port: address.port })),
  )
  const process = (service: string) => {
    const found = processes[service]
    if (!found) throw new Error(`no service ${service}`)
    return found
  }
  const { host, port } = process('toxiproxy').address
  return {
    stack,
    runtime: 'local',
    process,
    address: (service) => process(service).address,
    edgeAddress: (name) => ({ host, port: stack.edges.find((edge) => edge.name === name)?.listenPort ?? 0 }),
    observer: () => `http://${host}:${port}`,
    state: async (service) => process(service).state(),
    kill: (service) => process(service).kill(),
    terminate: (service, graceMs) => process(service).terminate(graceMs),
    restart: (service, signal) => process(service).start(signal),
    freeze: async (service) => process(service).freeze(),
    thaw: async (service) => process(service).thaw(),
    configFile: (_, path) => path,
    reload: async (service) => process(service).reload(),
    resolve: (text) => text,
  }
}

function proxyOf({ name, to, listenPort }: Edge, host: string, services: Readonly<Record<string, LiveProcess>>) {
  const callee = services[to]?.address
  if (!callee) throw new Error(`no service ${to}`)
  return { name, listen: `${host}:${listenPort}`, upstream: `${callee.host}:${callee.port}`, enabled: true }
}
