// Builds a Go tool from its pinned wrapper module: the same go.mod and go.sum give the same binary everywhere.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { binaryPath } from './cache.ts'
import { type Job, perform } from './job.ts'
import { type GoRecipe, TOOLCHAIN_DIRECTORY } from './tool.ts'

export async function makeGo(job: Job, recipe: GoRecipe): Promise<void> {
  const module = join(job.root, TOOLCHAIN_DIRECTORY, recipe.module)
  const without = `install Go >= ${await goVersionOf(module)} and let it reach its module proxy (GOPROXY)`
  // Inside the target, so that it goes when the target goes, even after a kill.
  const work = join(job.target, 'work')
  await mkdir(work)
  for (const [binary, { package: source }] of Object.entries(job.tool.binaries)) {
    if (source === undefined) throw new TypeError(`${binary} has a go recipe and no package`)
    const args = ['build', ...flags(recipe), '-o', binaryPath(job.target, binary), source]
    await perform(job, { file: 'go', args, cwd: module, env: settings(work), without })
  }
  await rm(work, { recursive: true, force: true })
}

/** The oldest Go that can build the module, such as 1.25; its go line is the one place that says so. */
export async function goVersionOf(module: string): Promise<string> {
  const text = await readFile(join(module, 'go.mod'), 'utf8')
  return /^go (\d+\.\d+)/m.exec(text)?.[1] ?? '1.24'
}

function flags(recipe: GoRecipe): string[] {
  const tags = recipe.tags.length > 0 ? ['-tags', recipe.tags.join(',')] : []
  return ['-mod=readonly', '-trimpath', '-buildvcs=false', ...tags, '-ldflags', `-s -w ${recipe.ldflags}`.trim()]
}

/** Caches and proxy stay the user's own; what would change the binary does not. */
function settings(work: string): NodeJS.ProcessEnv {
  return { CGO_ENABLED: '0', GOWORK: 'off', GO111MODULE: 'on', GOOS: undefined, GOARCH: undefined, GOTMPDIR: work }
}
