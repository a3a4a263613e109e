// An image that behaves as testcontainers' reaper does: it listens, is told by label what to end, and acknowledges. It only writes that down.
import { randomBytes } from 'node:crypto'
import type Dockerode from 'dockerode'
import { IMAGE } from './stage.ts'

const SCRIPT = `
use IO::Socket::INET; $| = 1;
my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1) or die; print "Started\\n";
while (1) { my $caller = $server->accept or next; next if fork; while (my $line = <$caller>) { print "told $line"; print $caller "ACK\\n" } exit }`

export interface ReaperImage extends AsyncDisposable {
  readonly reference: string
  /** What it was told, by whoever. */
  told(): Promise<string>
}

export async function reaperImage(docker: Dockerode): Promise<ReaperImage> {
  const tag = randomBytes(4).toString('hex')
  const reference = `readiness-test/reaper:${tag}`
  const made = await docker.createContainer({ Image: IMAGE, Cmd: ['perl', '-e', SCRIPT], ExposedPorts: { '8080/tcp': {} } })
  await made.commit({ repo: 'readiness-test/reaper', tag })
  await made.remove()
  const running = () => docker.listContainers({ all: true, filters: { ancestor: [reference] } })
  return {
    reference,
    told: async () => {
      const logs = await Promise.all((await running()).map(({ Id }) => docker.getContainer(Id).logs({ stdout: true, follow: false })))
      return Buffer.concat(logs).toString('utf8')
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all((await running()).map(({ Id }) => docker.getContainer(Id).remove({ force: true })))
      await docker.getImage(reference).remove()
    },
  }
}
