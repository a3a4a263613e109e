// A service of ours as one module, so that its image holds no node_modules: TypeScript in, JavaScript and its map out.
import { basename, join } from 'node:path'
import type { BuildFailure, BuildOptions, Message } from 'esbuild'
import { HarnessError } from '../../errors.ts'

/** CommonJS packages call require for what Node brings along; a module has none of its own. */
const REQUIRE = "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)"

export interface ModuleFile {
  readonly name: string
  readonly text: string
}

/** main.js, its map, and the package.json that says it is a module. CONTENT_INVALID names every line that does not compile. */
export async function bundleService(main: string, root: string): Promise<readonly ModuleFile[]> {
  const map: BuildOptions = { sourcemap: 'linked', sourcesContent: false }
  const files = await bundle(main, root, { ...map, banner: { js: REQUIRE } })
  return [...files, { name: 'package.json', text: '{ "type": "module" }\n' }]
}

/** Everything of our own that the module is made of, packages left out: quick, and different whenever the code is. */
export async function ownCodeOf(main: string, root: string): Promise<string> {
  const [file] = await bundle(main, root, { packages: 'external' })
  return file?.text ?? ''
}

/** As if written to app/ in the root, so that no path in it depends on where that is. */
async function bundle(main: string, root: string, more: BuildOptions): Promise<readonly ModuleFile[]> {
  const { build } = await import('esbuild')
  const usual: BuildOptions = { bundle: true, format: 'esm', platform: 'node', target: 'node24', write: false, logLevel: 'silent' }
  try {
    const { outputFiles = [] } = await build({ ...usual, ...more, entryPoints: [main], absWorkingDir: root, outfile: join(root, 'app', 'main.js') })
    return outputFiles.map(({ path, text }) => ({ name: basename(path), text }))
  } catch (thrown) {
    if (!isBuildFailure(thrown)) throw thrown
    throw new HarnessError('CONTENT_INVALID', `${main} cannot be bundled: ${thrown.errors.map(describe).join('; ')}`)
  }
}

function describe({ location, text }: Message): string {
  return location ? `${location.file}:${location.line} ${text}` : text
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
}
