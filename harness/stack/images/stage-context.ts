// Puts a build context together in a directory of its own, and hands it to the engine as a tar stream.
import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { HarnessError } from '../../errors.ts'
import { binaryPath } from '../toolchain/cache.ts'
import { ensureTools } from '../toolchain/ensure.ts'
import type { ToolProgress } from '../toolchain/progress.ts'
import type { Clock } from '../../time/clock.ts'
import type { BuildContext, Ingredient, Place } from './build-context.ts'
import { bundleService } from './bundle-service.ts'

export interface Staging extends Place {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onToolProgress: (progress: ToolProgress) => void
}

/** A directory that holds the context; tools that are not in the cache yet are made first. Disposing it removes it. */
export async function stageContext(context: BuildContext, staging: Staging): Promise<{ readonly directory: string } & AsyncDisposable> {
  const tools = context.ingredients.flatMap((ingredient) => (ingredient.kind === 'tool' ? [ingredient.tool] : []))
  await ensureTools(tools, { ...staging, env: staging.env as NodeJS.ProcessEnv, pinned: true, onProgress: staging.onToolProgress })
  const directory = await mkdtemp(join(tmpdir(), `readiness-harness-image-${process.pid}-`))
  const remove = () => rm(directory, { recursive: true, force: true, maxRetries: 3 })
  try {
    await writeFile(join(directory, 'Dockerfile'), context.dockerfile)
    for (const ingredient of context.ingredients) await put(ingredient, directory, staging.root)
  } catch (thrown) {
    await remove()
    throw thrown
  }
  return { directory, [Symbol.asyncDispose]: remove }
}

async function put(ingredient: Ingredient, directory: string, root: string): Promise<void> {
  const target = join(directory, ingredient.path)
  await mkdir(dirname(target), { recursive: true })
  if (ingredient.kind === 'app') return putModule(ingredient.main, target, root)
  const source = sourceOf(ingredient)
  // A binary in the cache may be a link; those inside a tool's directory stay what they are. Clones where the file system can.
  if (ingredient.path.startsWith('bin/')) return copyFile(source, target, constants.COPYFILE_FICLONE)
  await cp(source, target, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
}

function sourceOf(ingredient: Exclude<Ingredient, { kind: 'app' }>): string {
  if (ingredient.kind === 'node') return process.execPath
  if (ingredient.kind === 'file') return ingredient.source
  return ingredient.binary === undefined ? ingredient.place : binaryPath(ingredient.place, ingredient.binary)
}

async function putModule(main: string, target: string, root: string): Promise<void> {
  await mkdir(target, { recursive: true })
  for (const { name, text } of await bundleService(main, root)) await writeFile(join(target, name), text)
}

/** The directory as a tar stream. Not compressed, as dockerode would: that takes longer than sending it to a local engine. */
export function packed(directory: string, signal: AbortSignal): Readable {
  const tar = spawn('tar', ['-c', '-C', directory, '.'], { stdio: ['ignore', 'pipe', 'ignore'], signal })
  tar.once('error', (cause) => tar.stdout.destroy(new HarnessError('TOOL_MISSING', 'the build context cannot be packed', { cause, hint: 'install tar' })))
  return tar.stdout
}
