// A repository, a PATH and a Go compiler that are not real, for the tests: tools are small shell scripts.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface FakeRepository {
  readonly root: string
  readonly cache: string
  /** Where the fake PATH begins; the fake go is there. */
  readonly bin: string
  readonly env: NodeJS.ProcessEnv
  /** Lines that the fake go wrote: "start" and "end" of each build. */
  log(): Promise<string[]>
  /** An executable script that prints `says`; returns its path. */
  program(path: string, says: string): Promise<string>
  /** Lets builds that are held by GATED go on. */
  openGate(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const TABLE = `
widget:
  version: 1.2.0
  minimum: 1.0.0
  usualSeconds: 1
  recipe: { kind: go, module: widget, tags: [small], ldflags: -X main.version=1.2.0 }
  binaries:
    widget: { package: example.org/widget, aliases: [old-widget], versionArgs: [version], versionPattern: 'v(\\d\\S*)' }
pair:
  version: 1.2.0
  minimum: 1.0.0
  usualSeconds: 1
  recipe: { kind: go, module: widget }
  binaries:
    left: { package: example.org/left, versionArgs: [version], versionPattern: 'v(\\d\\S*)' }
    right-hand: { package: example.org/right, versionArgs: [version], versionPattern: 'v(\\d\\S*)' }
`

/** Writes half a binary first and waits for the gate when $GATED; what it builds says it is $BUILT_VERSION. */
const GO = `#!/bin/sh
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
echo start >> "$FAKE/log"
[ -n "$GO_FAILS" ] && { echo 'main.go:1: undefined: widget' >&2; exit 1; }
printf '#!/bin/sh\\necho half' > "$out"
chmod 755 "$out"
while [ -n "$GATED" ] && [ ! -e "$FAKE/gate" ]; do sleep 0.02; done
printf '#!/bin/sh\\necho "it is v%s"\\n' "\${BUILT_VERSION:-1.2.0}" > "$out" && echo end >> "$FAKE/log"
`

/** A fresh one in a temporary directory; disposing it removes all of it. */
export async function fakeRepository(): Promise<FakeRepository> {
  const root = await mkdtemp(join(tmpdir(), 'toolchain-test-'))
  const write = async (path: string, text: string) => {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    return path
  }
  const script = async (path: string, text: string) => {
    await chmod(await write(path, text), 0o755)
    return path
  }
  const [bin, cache] = [join(root, 'bin'), join(root, 'cache')]
  await write(join(root, 'compose/toolchain/tools.yaml'), TABLE)
  await write(join(root, 'compose/toolchain/widget/go.mod'), 'module widget\n\ngo 1.25.0\n')
  await write(join(root, 'compose/toolchain/widget/go.sum'), '')
  await script(join(bin, 'go'), GO)
  return {
    root,
    bin,
    cache,
    env: { PATH: `${bin}:/usr/bin:/bin`, HARNESS_CACHE: cache, FAKE: root, HOME: root },
    log: async () => (await readFile(join(root, 'log'), 'utf8')).trim().split('\n'),
    program: (path, says) => script(path, `#!/bin/sh\necho "${says}"\n`),
    openGate: async () => void (await write(join(root, 'gate'), '')),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}
