// Both drawings of the same few edges.
import { expect, test } from 'vitest'
import type { Edge } from '../model/stack.ts'
import { edgesAsMermaid, edgesAsText } from './edge-graph.ts'

const edge = (from: string, to: string, listenPort: number): Edge => ({ name: `${from}->${to}`, from, to, listenPort, upstreamPort: 8080 })
const edges = [edge('api-gateway', 'auth', 1), edge('api-gateway', 'end', 2), edge('sample', 'auth', 3)]

test('text: each caller once, its callees below it', () => {
  expect(edgesAsText(edges).split('\n')).toEqual([
    'api-gateway',
    '├── auth:8080  by way of port 1',
    '└── end:8080  by way of port 2',
    'sample',
    '└── auth:8080  by way of port 3',
  ])
})

test('Mermaid: one arrow for each edge, and no name is a word of its own', () => {
  expect(edgesAsMermaid(edges).split('\n')).toEqual([
    'flowchart LR',
    '  n_api_gateway["api-gateway"] --> n_auth["auth"]',
    '  n_api_gateway["api-gateway"] --> n_end["end"]',
    '  n_sample["sample"] --> n_auth["auth"]',
  ])
})
