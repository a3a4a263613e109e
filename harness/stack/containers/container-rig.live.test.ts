// A rig of real containers: what a service sees from inside, what can be done to it from outside, and what is noticed meanwhile.
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rig } from '../../model/stack.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { logFile } from '../log-file.ts'
import { containersRuntime } from './containers-runtime.ts'
import { PORT, perlServer, stage, whyNoEngine } from './testing/stage.ts'
import type { Staged } from './testing/stage.ts'

const whyNot = await whyNoEngine()
const mounted = mkdtempSync(join(tmpdir(), 'rig-mount-'))
const signal = new AbortController().signal

/** Tells of itself what /told says: environment, user, limits, files, other hosts. */
const TELLS = `do {
  my ($what) = $asked =~ m{/([a-z]*)};
  my %tell = (
    env => sub { "$ENV{PLAIN} $ENV{PACE} $ENV{HOST} " . ($ENV{RIG_TEST} // '') },
    user => sub { "$>:" . ($) + 0) },
    mount => sub { open(my $f, '<', '/etc/made/up.yml') or return "no: $!"; my $t = <$f>; open(my $w, '>>', '/etc/made/up.yml') ? "$t writable" : "$t $!" },
    hups => sub { $SIG{HUP} = sub { $main::hups++ }; 'hups ' . ($main::hups // 0) },
    root => sub { open(my $w, '>', '/here') ? 'writable' : "$!" },
    tmp => sub { open(my $w, '>', '/tmp/here') ? 'writable' : "$!" },
    peer => sub { my $s = IO::Socket::INET->new(PeerAddr => 'b:${PORT}', Timeout => 3) or return "no: $!"; print $s "GET / HTTP/1.0\\r\\n\\r\\n"; join '', <$s> },
    sink => sub { my $s = IO::Socket::INET->new(PeerAddr => 'sink:9900', Timeout => 3) or return "no: $!"; print $s "GET / HTTP/1.0\\r\\n\\r\\n"; join '', <$s> },
  );
  $tell{$what} ? $tell{$what}->() : 'hello';
}`

async function get(rig: Rig, service: string, path = '/'): Promise<string> {
  const { host, port } = rig.address(service, PORT)
  const response = await fetch(`http://${host}:${port}${path}`, { signal: AbortSignal.timeout(5_000) })
  return response.text()
}

function log(staged: Staged, service: string): readonly string[] {
  return readFileSync(logFile(join(staged.directory, 'artifacts'), service), 'utf8').split('\n').filter(Boolean)
}

const eventually = (what: string, look: () => Promise<boolean>) => poll({ clock: systemClock, within: 10_000, what }, look)

describe.skipIf(whyNot !== '')(`a rig of containers${whyNot}`, () => {
  let staged: Staged
  let rig: Rig

  beforeAll(async () => {
    // anybody might write to it, were it not for the mount
    writeFileSync(join(mounted, 'up.yml'), 'mounted')
    chmodSync(join(mounted, 'up.yml'), 0o666)
    staged = await stage(
      {
        a: {
          command: perlServer(TELLS),
          dependsOn: ['b'],
          environment: { PLAIN: '${RIG_TEST:-default}', PACE: '60s', HOST: '${A_HOST:-0.0.0.0}' },
          accelerate: ['PACE'],
          mounts: [{ source: mounted, target: '/etc/made' }],
          ready: '/ready',
          container: { user: '65534:65534', readOnly: true, tmpfs: ['/tmp:size=1m'], capDrop: ['ALL'], securityOpt: ['no-new-privileges'], memory: '64m', cpus: '0.5', labels: { mine: 'x' }, extraHosts: ['sink:host-gateway'] },
        },
        b: { container: { volumes: [{ name: 'data', target: '/data' }], healthcheck: { test: ['CMD', 'perl', '-e', 'exit 0'], interval: '1s' } } },
      },
      { env: { ...process.env, RIG_TEST: 'given', A_HOST: '1.2.3.4' }, acceleration: 10 },
    )
    rig = staged.opened.rig
    await staged.start()
  })
  afterAll(async () => {
    await staged?.[Symbol.asyncDispose]()
    rmSync(mounted, { recursive: true })
  })

  test('is reached by published ports, on loopback alone and below those the system gives away', async () => {
    const { host, port } = rig.address('a', PORT)
    expect(host).toBe('127.0.0.1')
    expect(port).toBeGreaterThanOrEqual(10_000)
    expect(port).toBeLessThan(32_768)
    const { HostConfig: config } = await staged.engine.docker.getContainer(`${staged.run}-a`).inspect()
    expect(config.PortBindings).toEqual({ [`${PORT}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(port) }] })
    expect([config.AutoRemove, config.RestartPolicy?.Name]).toEqual([false, 'no'])
    expect(rig.edgeAddress('client->a')).toEqual({ host, port })
    expect(rig.observer('jaeger')).toBe(`http://${host}:${port}`)
    expect(rig.resolve('postgres://a:secret@a:8080/x?${NOBODY:-none}, b, b:1')).toBe(`postgres://a:secret@${host}:${port}/x?none, b, b:1`)
  })

  test('gives a service all that the compose file says', async () => {
    expect(await get(rig, 'a', '/env')).toBe('given 6000ms 0.0.0.0 ')
    expect(await get(rig, 'a', '/user')).toBe('65534:65534')
    expect(await get(rig, 'a', '/mount')).toBe('mounted Read-only file system')
    expect(await get(rig, 'a', '/root')).toBe('Read-only file system')
    expect(await get(rig, 'a', '/tmp')).toBe('writable')
    expect((await rig.engine?.usage('a'))?.memoryLimitBytes).toBe(64 * 2 ** 20)
    const { HostConfig: config, Config: { Labels: labels } } = await staged.engine.docker.getContainer(`${staged.run}-a`).inspect()
    expect(config).toMatchObject({ NanoCpus: 5e8, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] })
    expect(labels).toMatchObject({ mine: 'x', 'readiness-harness.run': staged.run, 'readiness-harness.service': 'a' })
  })

  test('services know each other by name, and the harness by that of the sink', async () => {
    expect(await get(rig, 'a', '/peer')).toMatch(/hello$/)
    const { host, port } = rig.address('sink', 9900)
    expect(host).not.toBe('0.0.0.0')
    const sink = createServer((_, response) => response.end('taken')).listen(port, host)
    await once(sink, 'listening')
    expect((sink.address() as AddressInfo).address).toBe(host)
    expect(await get(rig, 'a', '/sink')).toMatch(/taken$/)
    sink.close()
  })

  test('sees its own copy of what is mounted change in place, and is told to read it again', async () => {
    writeFileSync(rig.configFile('a', '/etc/made/up.yml'), 'changed')
    expect([await get(rig, 'a', '/mount'), await get(rig, 'a', '/hups')]).toEqual(['changed Read-only file system', 'hups 0'])
    await rig.reload('a')
    await eventually('the signal to arrive', async () => (await get(rig, 'a', '/hups')) === 'hups 1')
  })

  test('freezes and thaws, each as often as one likes', async () => {
    await rig.freeze('a')
    await rig.freeze('a')
    expect(await rig.state('a')).toBe('frozen')
    await rig.thaw('a')
    await rig.thaw('a')
    expect([await rig.state('a'), await get(rig, 'a')]).toEqual(['running', 'hello'])
  })

  test('kills and restarts on the same address, expects that death, and keeps one log of both lives', async () => {
    const before = rig.address('b', PORT)
    await rig.kill('b')
    await rig.kill('b')
    expect(await rig.state('b')).toBe('stopped')
    await expect(rig.freeze('b')).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED' })
    await rig.thaw('b')
    await rig.restart('b', signal)
    await rig.restart('b', signal)
    expect([await rig.state('b'), await get(rig, 'b'), rig.address('b', PORT)]).toEqual(['running', 'hello', before])
    expect(staged.deaths).toEqual([])
    await eventually('the log of both lives', async () => log(staged, 'b').length >= 4)
    expect(log(staged, 'b').toSorted()).toEqual(['aside', 'aside', 'begins', 'begins'])
  })

  test('kills what is frozen', async () => {
    await rig.freeze('b')
    await rig.kill('b')
    expect(await rig.state('b')).toBe('stopped')
    await rig.restart('b', signal)
    expect(await get(rig, 'b')).toBe('hello')
  })

  test('is off the network and back on it', async () => {
    await rig.engine?.disconnect('b')
    expect(await rig.state('b')).toBe('disconnected')
    expect(await get(rig, 'a', '/peer')).toMatch(/^no:/)
    await rig.engine?.reconnect('b')
    expect([await rig.state('b'), await get(rig, 'b')]).toEqual(['running', 'hello'])
    expect(await get(rig, 'a', '/peer')).toMatch(/hello$/)
  })

  test('notices a death that nobody asked for, with its code and its last lines', async () => {
    await get(rig, 'b', '/die').catch(() => undefined)
    await eventually('the death of b', async () => staged.deaths.length > 0)
    expect(staged.deaths).toEqual([{ service: 'b', how: 'exit code 7', lines: expect.arrayContaining(['begins', 'aside']) }])
    await rig.restart('b', signal)
  })

  test('says of a death for want of memory that it was one', async () => {
    await get(rig, 'a', '/eat').catch(() => undefined)
    await eventually('the death of a', async () => staged.deaths.some(({ service }) => service === 'a'))
    expect(staged.deaths.at(-1)?.how).toBe('exit code 137 (SIGKILL): the kernel killed it for want of memory, at its limit of 64 MiB')
    await rig.restart('a', signal)
  })

  test('another process finds it by its labels, and can do the same to it', async () => {
    const other = await containersRuntime.attach(staged.state(), staged.surroundings)
    expect(other.address('b', PORT)).toEqual(rig.address('b', PORT))
    expect(other.address('sink', 9900)).toEqual(rig.address('sink', 9900))
    await other.kill('b')
    expect(await other.state('b')).toBe('stopped')
    await other.restart('b', signal)
    expect(await get(other, 'b')).toBe('hello')
  })

  test('ends with its containers told to, and leaves nothing', async () => {
    expect(await staged.left()).toEqual(expect.arrayContaining(['container a', 'container b', 'network', `volume readiness-harness-${staged.run}-data`]))
    const known = staged.deaths.length
    const began = performance.now()
    await staged.opened.stop()
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(await staged.left()).toEqual([])
    expect(staged.deaths).toHaveLength(known)
    expect(log(staged, 'a').at(-1)).toBe('ends')
  })
})
