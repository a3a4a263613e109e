// The least stack that faults can work on: services with a port, and edges between them.
import type { Edge, Stack } from '../../model/stack.ts'

export function testStack(
  edges: readonly Edge[],
  services: readonly { readonly name: string; readonly port: number }[],
): Stack {
  return {
    file: 'compose.yaml',
    directory: '.',
    edges,
    services: services.map(({ name, port }) => ({
      name,
      image: undefined,
      environment: {},
      ports: [port],
      dependsOn: [],
      mounts: [],
      harness: { command: [name], tools: [], environment: {}, unprivileged: false, accelerate: [] },
    })),
    harness: {
      edges: 'toxiproxy.json',
      scenarios: 'scenarios',
      drills: 'chaos',
      rules: 'alerts',
      alertmanager: 'alertmanager.yml',
      entry: edges[0]?.name ?? 'none',
      observers: {
        prometheus: 'prometheus:9090',
        alertmanager: 'alertmanager:9093',
        jaeger: 'jaeger:16686',
        toxiproxy: 'toxiproxy:8474',
      },
      sink: 'sink:9900',
      stores: {},
    },
  }
}
