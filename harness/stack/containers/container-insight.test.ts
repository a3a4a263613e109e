// What an engine says of a container, in the words of the checks.
import type Dockerode from 'dockerode'
import { expect, test } from 'vitest'
import { publishedBy, traitsOf } from './container-insight.ts'

const inspected = (host: Partial<Dockerode.HostConfig>, config: object = {}, ports: object = {}) =>
  ({ Name: '/x', Config: { User: '', ...config }, HostConfig: host, NetworkSettings: { Ports: ports } }) as unknown as Dockerode.ContainerInspectInfo

test('a container as the engine makes it when nobody says anything', () => {
  expect(Object.values(traitsOf(inspected({ Memory: 0, NanoCpus: 0, RestartPolicy: { Name: 'no' } })))).toEqual([false, false, false, false, false, false])
})

test('one that is restricted in every way', () => {
  const strict = inspected({ Memory: 1, NanoCpus: 1, RestartPolicy: { Name: 'always' }, ReadonlyRootfs: true }, { User: '999:999', Healthcheck: { Test: ['CMD', 'x'] } })
  expect(Object.values(traitsOf(strict))).toEqual([true, true, true, true, true, true])
})

test.each(['root', '0', '0:0', 'root:staff'])('%s is root', (User) => {
  expect(traitsOf(inspected({}, { User }))['non-root']).toBe(false)
})

test('a health check that is switched off is none', () => {
  expect(traitsOf(inspected({}, { Healthcheck: { Test: ['NONE'] } }))['health-check']).toBe(false)
})

test('published ports are its doors; one on the network of the machine cannot be told', () => {
  expect(publishedBy(inspected({}, {}, { '80/tcp': [{ HostIp: '', HostPort: '8080' }], '90/tcp': [{ HostIp: '127.0.0.1', HostPort: '1' }], '70/tcp': null }))).toEqual([
    { port: 80, address: '0.0.0.0', loopback: false },
    { port: 90, address: '127.0.0.1', loopback: true },
  ])
  expect(() => publishedBy(inspected({ NetworkMode: 'host' }))).toThrow('network of the machine')
})
