// Where finished tools are kept, and when one may be trusted: only if its manifest and every binary are whole.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { executableSize, isAbsent } from './executable.ts'
import type { Surroundings } from './job.ts'
import { locatePublicDirectory } from './public-directory.ts'
import { type Tool, TOOLCHAIN_DIRECTORY } from './tool.ts'

const MANIFEST = 'manifest.json'

const manifestSchema = z.strictObject({
  tool: z.string(),
  binaries: z.record(z.string(), z.strictObject({ version: z.string(), size: z.number() })),
  seconds: z.number().describe('how long making it took'),
  entries: z.number().optional().describe('files and directories in all, where a cleaner of /tmp may come by'),
})
export type Manifest = z.infer<typeof manifestSchema>

export interface CachedBinary {
  readonly path: string
  readonly version: string
}

/** The private cache: $HARNESS_CACHE, else $XDG_CACHE_HOME/readiness-harness, else ~/.cache/readiness-harness. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  if (env['HARNESS_CACHE']) return env['HARNESS_CACHE']
  const shared = env['XDG_CACHE_HOME']
  const parent = shared && isAbsolute(shared) ? shared : join(env['HOME'] || homedir(), '.cache')
  return join(parent, 'readiness-harness')
}

/** `linux-x64` and the like. */
export function platform(): string {
  return `${process.platform}-${process.arch}`
}

/** The directory of a tool: a different version, platform, recipe, go.mod or go.sum gives a different one. */
export async function placeOf(tool: Tool, at: Pick<Surroundings, 'root' | 'env'>): Promise<string> {
  const parent = tool.public ? await locatePublicDirectory(cacheRoot(at.env)) : cacheRoot(at.env)
  return join(parent, `${tool.name}-${tool.version}-${platform()}-${await digestOf(tool, at.root)}`)
}

async function digestOf(tool: Tool, root: string): Promise<string> {
  const { version, recipe, binaries } = tool
  const hash = createHash('sha256').update(JSON.stringify({ version, recipe, binaries }))
  if (recipe.kind === 'go') {
    const module = join(root, TOOLCHAIN_DIRECTORY, recipe.module)
    for (const file of ['go.mod', 'go.sum']) hash.update(await readFile(join(module, file)))
  }
  return hash.digest('hex').slice(0, 12)
}

/** The binaries of a finished tool in `place`, or undefined when there is none that can be trusted. */
export async function readCached(tool: Tool, place: string): Promise<ReadonlyMap<string, CachedBinary> | undefined> {
  const manifest = await readManifest(place)
  if (manifest === undefined) return undefined
  if (manifest.entries !== undefined && manifest.entries !== (await countEntries(place))) return undefined
  const found = new Map<string, CachedBinary>()
  for (const name of Object.keys(tool.binaries)) {
    const path = binaryPath(place, name)
    const entry = manifest.binaries[name]
    if (entry === undefined || (await executableSize(path)) !== entry.size) return undefined
    found.set(name, { path, version: entry.version })
  }
  return found
}

async function readManifest(place: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(place, MANIFEST), 'utf8')))
  } catch (thrown) {
    // Absent or damaged: either way the tool is made anew. What is not about the file itself is not ours to hide.
    if (thrown instanceof SyntaxError || thrown instanceof z.ZodError || isAbsent(thrown)) return undefined
    throw thrown
  }
}

/** How many files and directories a finished tool has, its manifest included. */
export async function countEntries(place: string): Promise<number> {
  return (await readdir(place, { recursive: true })).length
}

/** Path of a binary in a finished tool. */
export function binaryPath(place: string, binary: string): string {
  return join(place, 'bin', binary)
}

/** Path of the manifest in a finished tool. */
export function manifestPath(place: string): string {
  return join(place, MANIFEST)
}
