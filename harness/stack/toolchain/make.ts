// Makes one tool: in a directory of its own, proved to run, and only then given the name under which it is trusted.
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import { poll } from '../../time/poll.ts'
import { binaryPath, type CachedBinary, countEntries, type Manifest, manifestPath, readCached } from './cache.ts'
import { executableSize } from './executable.ts'
import { failed, type Job, perform, type Surroundings } from './job.ts'
import { claimPublicDirectory } from './public-directory.ts'
import { takeTurn } from './lock.ts'
import { makeDebian } from './make-debian.ts'
import { makeGo } from './make-go.ts'
import { makeNpm } from './make-npm.ts'
import type { Tool } from './tool.ts'
import { compareVersions, isAtLeast, parseVersion } from './version.ts'

export interface MakeReport {
  readonly state: 'waiting' | 'building' | 'unpacking' | 'ready'
  /** Milliseconds. */
  readonly elapsed: number
  readonly detail?: string
}

type Report = (state: MakeReport['state'], detail?: string) => void

export interface Make extends Surroundings {
  readonly tool: Tool
  readonly place: string
  readonly report: (report: MakeReport) => void
}

/** The tool's binaries, made now unless another process makes them first. Throws TOOL_MISSING or TOOL_BUILD_FAILED. */
export async function makeTool(make: Make): Promise<ReadonlyMap<string, CachedBinary>> {
  const { tool, place, clock, signal } = make
  const start = clock.now()
  const report: Report = (state, detail) =>
    make.report({ state, elapsed: clock.now() - start, ...(detail && { detail }) })
  await (tool.public ? claimPublicDirectory(dirname(place)) : mkdir(dirname(place), { recursive: true }))
  const isDone = async () => (await readCached(tool, place)) !== undefined
  const within = Math.max(1_200_000, tool.usualSeconds * 40_000)
  const wait = { clock, signal, within, every: 200, what: `another harness process to make ${tool.name}` }
  const release = await takeTurn(place, wait, { isDone, onBusy: () => report('waiting') })
  try {
    if (release !== undefined) await makeUnderLock(make, report)
  } finally {
    await release?.()
  }
  const made = await readCached(tool, place)
  if (made === undefined) throw new HarnessError('TOOL_BUILD_FAILED', `${place} was damaged while it was made`)
  report('ready')
  return made
}

async function makeUnderLock(make: Make, report: Report): Promise<void> {
  if ((await readCached(make.tool, make.place)) !== undefined) return
  await sweep(make.place)
  const target = await mkdtemp(`${make.place}.tmp-${hostname()}-${process.pid}-`)
  let detail: string | undefined
  const job: Job = { ...make, target, onLine: (line) => (detail = line) }
  const done = new AbortController()
  const state = make.tool.recipe.kind === 'go' ? 'building' : 'unpacking'
  const ticking = everySecond(make, done.signal, () => report(state, detail))
  try {
    await fill(job)
    await publish(job, make.place)
  } finally {
    done.abort()
    await ticking
    await rm(target, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function fill(job: Job): Promise<void> {
  const start = job.clock.now()
  await mkdir(join(job.target, 'bin'))
  await follow(job)
  const binaries: Manifest['binaries'] = {}
  for (const name of Object.keys(job.tool.binaries)) binaries[name] = await prove(job, name)
  const manifest: Manifest = { tool: job.tool.name, binaries, seconds: (job.clock.now() - start) / 1_000 }
  // What is public may lie in /tmp, where old files are cleaned away one by one.
  if (job.tool.public) manifest.entries = (await countEntries(job.target)) + 1
  await writeFile(manifestPath(job.target), `${JSON.stringify(manifest, null, 2)}\n`)
  if (job.tool.public) await openToAll(job.target)
}

function follow(job: Job): Promise<void> {
  const { recipe } = job.tool
  if (recipe.kind === 'go') return makeGo(job, recipe)
  return recipe.kind === 'debian' ? makeDebian(job, recipe) : makeNpm(job, recipe)
}

/** A tool that does not run, or says it is another version, is not one to keep. */
async function prove(job: Job, name: string): Promise<{ version: string; size: number }> {
  const path = binaryPath(job.target, name)
  const binary = job.tool.binaries[name]
  const size = await executableSize(path)
  const remedy = 'report this with the lines above'
  if (binary === undefined || size === undefined) throw failed(job.tool, { what: `the recipe left no ${path}`, remedy })
  const { text } = await perform(job, { file: path, args: binary.versionArgs, without: remedy })
  const version = parseVersion(text, binary.versionPattern)
  if (version !== undefined && isWanted(job.tool, version)) return { version, size }
  throw failed(job.tool, { what: `${name} says it is version ${version ?? 'unknown'}`, output: text, remedy })
}

/** A distribution decides itself which version it has; for the rest the version is pinned. */
function isWanted(tool: Tool, version: string): boolean {
  const { recipe } = tool
  if (recipe.kind === 'debian') return isAtLeast(version, tool.minimum)
  return compareVersions(version, recipe.kind === 'npm' ? recipe.reports : tool.version) === 0
}

async function publish(job: Job, place: string): Promise<void> {
  job.signal?.throwIfAborted()
  if ((await readCached(job.tool, place)) !== undefined) return
  await rm(place, { recursive: true, force: true })
  await rename(job.target, place)
}

/** Removes what killed makers left; a maker that still lives, here or on another machine, keeps its directory. */
async function sweep(place: string): Promise<void> {
  const prefix = `${basename(place)}.tmp-${hostname()}-`
  for (const name of await readdir(dirname(place))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue
    await rm(join(dirname(place), name), { recursive: true, force: true, maxRetries: 3 })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    await chmod(path, entry.isDirectory() || basename(entry.parentPath) === 'bin' ? 0o755 : 0o644)
  }
}

async function everySecond({ clock }: Make, done: AbortSignal, report: () => void): Promise<void> {
  const look = async () => {
    report()
    return false as const
  }
  const forever = { clock, within: Infinity, every: 1_000, signal: done, what: 'the tool to be made' }
  await poll(forever, look).catch((thrown: unknown) => {
    if (!done.aborted) throw thrown
  })
}
