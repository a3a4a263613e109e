// Copies the binaries that an npm package carries into the cache, with the links its install script would have made.
import { cp, readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { HarnessError, messageOf } from '../../errors.ts'
import { platform } from './cache.ts'
import { elsewhere, type Job } from './job.ts'
import type { NpmRecipe } from './tool.ts'

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

export async function makeNpm(job: Job, recipe: NpmRecipe): Promise<void> {
  const name = recipe.package.replace('{platform}', platform())
  const directory = join(job.root, 'node_modules', name)
  await demandVersion(job, directory, name)
  await cp(join(directory, recipe.directory), job.target, { recursive: true, verbatimSymlinks: true })
  if (recipe.symlinks !== undefined) await restoreLinks(job, directory, recipe)
}

async function demandVersion(job: Job, directory: string, name: string): Promise<void> {
  const file = join(directory, 'package.json')
  const { version } = await readJson(file, z.object({ version: z.string() })).catch((thrown: unknown) => {
    throw wrong(job, `the npm package ${name} is not installed: ${messageOf(thrown)}`)
  })
  if (version !== job.tool.version) throw wrong(job, `${name} is ${version}, and ${job.tool.version} is wanted`)
}

function wrong(job: Job, what: string): HarnessError {
  const hint = `run npm ci, or ${elsewhere(job.tool)}`
  return new HarnessError('TOOL_MISSING', `cannot make ${job.tool.name}: ${what}`, { hint })
}

/** npm packages cannot contain links, so this one lists them; its own script makes them, if npm may run scripts. */
async function restoreLinks(job: Job, directory: string, recipe: NpmRecipe): Promise<void> {
  for (const link of await readJson(join(directory, recipe.symlinks ?? ''), linksSchema)) {
    if (dirname(link.source) !== dirname(link.target)) throw wrong(job, `${link.target} is no link to a neighbour`)
    const path = join(job.target, relative(recipe.directory, link.target))
    await symlink(basename(link.source), path).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EEXIST') throw thrown
    })
  }
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(file, 'utf8')))
}
