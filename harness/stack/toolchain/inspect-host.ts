// What the machine itself must have, as data for `harness doctor`: Node, npm, Go, the Debian tools, room on disk.
import { mkdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemClock } from '../../time/clock.ts'
import { cacheRoot } from './cache.ts'
import { run } from './command.ts'
import type { InspectOptions } from './inspect.ts'
import type { Surroundings } from './job.ts'
import { goVersionOf } from './make-go.ts'
import { readTools, type Tool, TOOLCHAIN_DIRECTORY } from './tool.ts'
import { compareVersions, isAtLeast } from './version.ts'

export interface HostCheck {
  readonly name: string
  /** What was found: a version, an amount of room; undefined when there is nothing. */
  readonly found: string | undefined
  readonly wanted: string
  readonly ok: boolean
  readonly neededFor: string
  /** What to do; empty when all is well. */
  readonly remedy: string
}

type Wanted = Omit<HostCheck, 'found' | 'ok'> & { readonly args: readonly string[]; readonly minimum?: string }

const NODE = { name: 'node', minimum: '24', wanted: '>= 24', neededFor: 'everything', remedy: 'run npm start once' }
const NPM = { name: 'npm', minimum: '10', wanted: '>= 10', neededFor: 'installing', remedy: 'install npm >= 10' }
const DEBIAN = { wanted: 'any', remedy: 'only Debian and Ubuntu have it; elsewhere put these tools on PATH' }
const ROOM = 8
const GIB = 1024 ** 3

/** All checks of the machine; none of them changes it, save that the cache directory is made. */
export async function inspectHost(options: InspectOptions): Promise<readonly HostCheck[]> {
  const at: Surroundings = { clock: systemClock, ...options }
  const tools = await readTools(at.root)
  const programs: Wanted[] = [
    { ...NODE, args: ['--version'] },
    { ...NPM, args: ['--version'] },
    await wantedGo(tools, at.root),
    { ...DEBIAN, name: 'apt-get', args: ['--version'], neededFor: namesOf(tools, 'debian') },
    { ...DEBIAN, name: 'dpkg-deb', args: ['--version'], neededFor: namesOf(tools, 'debian') },
  ]
  return [...(await Promise.all(programs.map((wanted) => checkProgram(wanted, at)))), await checkRoom(at)]
}

async function wantedGo(tools: readonly Tool[], root: string): Promise<Wanted> {
  const modules = tools.flatMap(({ recipe }) => (recipe.kind === 'go' ? [recipe.module] : []))
  const versions = await Promise.all(modules.map((module) => goVersionOf(join(root, TOOLCHAIN_DIRECTORY, module))))
  const minimum = versions.toSorted(compareVersions).at(-1) ?? '0'
  const neededFor = `building ${namesOf(tools, 'go')}`
  const remedy = `install Go >= ${minimum}`
  return { name: 'go', args: ['version'], minimum, wanted: `>= ${minimum}`, neededFor, remedy }
}

function namesOf(tools: readonly Tool[], kind: Tool['recipe']['kind']): string {
  return tools.flatMap((tool) => (tool.recipe.kind === kind ? Object.keys(tool.binaries) : [])).join(', ')
}

async function checkProgram({ args, minimum, ...wanted }: Wanted, at: Surroundings): Promise<HostCheck> {
  const found = await versionOf(wanted.name, args, at)
  const ok = found !== undefined && (minimum === undefined || isAtLeast(found, minimum))
  return { ...wanted, found, ok, remedy: ok ? '' : wanted.remedy }
}

async function versionOf(file: string, args: readonly string[], at: Surroundings): Promise<string | undefined> {
  try {
    const { text } = await run({ file, args, env: at.env }, { ...at, within: 10_000 })
    return /\d+(?:\.\d+)+/.exec(text)?.[0]
  } catch (thrown) {
    if (at.signal?.aborted) throw thrown
    // Not there, or it hangs: for a check both mean that there is none.
    return undefined
  }
}

async function checkRoom(at: Surroundings): Promise<HostCheck> {
  const directory = cacheRoot(at.env)
  await mkdir(dirname(directory), { recursive: true })
  const { bavail, bsize } = await statfs(dirname(directory))
  const free = (bavail * bsize) / GIB
  const ok = free >= ROOM
  return {
    name: 'disk space',
    found: `${free.toFixed(1)} GiB`,
    wanted: `>= ${ROOM} GiB`,
    ok,
    neededFor: `building the tools from cold, below ${directory}`,
    remedy: ok ? '' : 'make room, or set HARNESS_CACHE to a larger disk',
  }
}
