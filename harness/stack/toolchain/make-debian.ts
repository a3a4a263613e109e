// Unpacks Debian packages into the cache: nothing is installed and no root is needed.
import { chmod, glob, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binaryPath } from './cache.ts'
import { attempt, failed, type Job, perform, type Step } from './job.ts'
import type { DebianRecipe } from './tool.ts'

const WITHOUT = 'use a Debian or Ubuntu with apt-get and dpkg-deb that reaches its mirror'

export async function makeDebian(job: Job, recipe: DebianRecipe): Promise<void> {
  await unpack(job, recipe.packages)
  await addLibraries(job, recipe)
  const libraries = await libraryDirectories(job)
  for (const [binary, { file }] of Object.entries(job.tool.binaries)) {
    if (file === undefined) throw new TypeError(`${binary} has a debian recipe and no file`)
    await expose(binaryPath(job.target, binary), file, libraries)
  }
}

async function unpack(job: Job, packages: readonly string[]): Promise<void> {
  const downloads = join(job.target, 'downloads')
  await mkdir(downloads)
  await download(job, downloads, packages)
  for (const name of (await readdir(downloads)).filter((entry) => entry.endsWith('.deb'))) {
    const args = ['-x', join(downloads, name), join(job.target, 'root')]
    await perform(job, { file: 'dpkg-deb', args, without: WITHOUT })
  }
  await rm(downloads, { recursive: true })
}

/** First with the package lists of the machine; where those do not serve, with lists of our own: no root is needed. */
async function download(job: Job, directory: string, packages: readonly string[]): Promise<void> {
  const step = (options: readonly string[], args: readonly string[]): Step => {
    const all = ['-o', 'APT::Sandbox::User=root', ...options, ...args]
    return { file: 'apt-get', args: all, cwd: directory, env: { LC_ALL: 'C' }, without: WITHOUT }
  }
  const first = await attempt(job, step([], ['download', ...packages]))
  if (first.code === 0) return
  const own = await privateLists(directory)
  await perform(job, step(own, ['update']))
  await perform(job, step(own, ['download', ...packages]))
}

async function privateLists(directory: string): Promise<string[]> {
  const [state, cache] = [join(directory, 'state'), join(directory, 'cache')]
  await mkdir(join(state, 'lists/partial'), { recursive: true })
  await mkdir(join(cache, 'archives/partial'), { recursive: true })
  const lists = ['-o', `Dir::State::lists=${state}/lists`, '-o', 'Dir::State::status=/var/lib/dpkg/status']
  return ['-o', `Dir::State=${state}`, ...lists, '-o', `Dir::Cache=${cache}`]
}

/** A library can need further ones, hence the rounds; each fetches what the loader of this machine does not find. */
async function addLibraries(job: Job, recipe: DebianRecipe): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    const missing = await missingLibraries(job)
    if (missing.length === 0) return
    const packages = missing.map((library) => packageOf(job, recipe, library))
    await unpack(job, [...new Set(packages)])
  }
  const missing = (await missingLibraries(job)).join(', ')
  throw failed(job.tool, { what: `its libraries ${missing} cannot be found`, remedy: WITHOUT })
}

function packageOf(job: Job, recipe: DebianRecipe, library: string): string {
  const name = recipe.libraries[library]
  if (name !== undefined) return name
  throw failed(job.tool, { what: `no package is known for its library ${library}`, remedy: `install ${library}` })
}

async function missingLibraries(job: Job): Promise<string[]> {
  const files = Object.values(job.tool.binaries).map(({ file = '' }) => join(job.target, 'root', file))
  const directories = (await libraryDirectories(job)).map((directory) => join(job.target, directory))
  const env = { LD_LIBRARY_PATH: directories.join(':'), LC_ALL: 'C' }
  // ldd ends with 1 for a static program, which lacks nothing.
  const { text } = await attempt(job, { file: 'ldd', args: files, env, without: WITHOUT })
  return [...new Set([...text.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? ''))]
}

/** Directories of shared libraries, relative to the target: root/usr/lib/x86_64-linux-gnu and the like. */
async function libraryDirectories(job: Job): Promise<string[]> {
  const parents = ['root/usr/lib', 'root/lib']
  const found: string[] = []
  const patterns = parents.map((parent) => `${parent}/*-linux-gnu`)
  for await (const directory of glob(patterns, { cwd: job.target })) found.push(directory)
  return found.toSorted()
}

/** A plain link; or, with libraries of its own, a script that points the loader at them, then becomes the program. */
async function expose(path: string, file: string, libraries: readonly string[]): Promise<void> {
  if (libraries.length === 0) return symlink(join('../root', file), path)
  const search = libraries.map((directory) => `$here/../${directory}`).join(':')
  const script = `#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
LD_LIBRARY_PATH="${search}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export LD_LIBRARY_PATH
exec "$here/../root/${file}" "$@"
`
  await writeFile(path, script)
  await chmod(path, 0o755)
}
