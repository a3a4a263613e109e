// The build context of an image: the folder of its Dockerfile, and what that copies from bin/, tool/ and app/.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import { placeOf } from '../toolchain/cache.ts'
import { readTools, selectTools } from '../toolchain/tool.ts'
import { readDockerfile } from './dockerfile.ts'
import type { Recipe } from './dockerfile.ts'
import { ownBase } from './image-name.ts'
import type { Substitute } from './image-name.ts'

/** Where something in the context comes from. */
export type Ingredient =
  /** The Node that runs the harness. */
  | { readonly kind: 'node'; readonly path: string }
  /** A binary, or the whole directory, of a tool in the cache, whose place there is named after all that it is made from. */
  | { readonly kind: 'tool'; readonly path: string; readonly tool: string; readonly place: string; readonly binary?: string }
  | { readonly kind: 'app'; readonly path: string; readonly main: string }
  | { readonly kind: 'file'; readonly path: string; readonly source: string }

export interface BuildContext {
  readonly dockerfile: string
  readonly recipe: Recipe
  readonly ingredients: readonly Ingredient[]
  /** Bases that are built here as well. */
  readonly ownBases: readonly { readonly substitute: Substitute; readonly context: BuildContext }[]
}

export interface Place {
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Reads the Dockerfile and finds out about each thing it copies, without making any. COMPOSE_INVALID names what is not there. */
export async function readContext(substitute: Substitute, place: Place): Promise<BuildContext> {
  const { context, dockerfile = 'Dockerfile' } = substitute.build
  const file = join(context, dockerfile)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HarnessError('COMPOSE_INVALID', `${file} cannot be read`, { cause })
  })
  const recipe = readDockerfile(text)
  const ingredients = await Promise.all(recipe.copies.map((path) => ingredientOf(path, substitute, place)))
  const own = recipe.bases.flatMap((base) => ownBase(base, context) ?? [])
  const ownBases = await Promise.all(own.map(async (base) => ({ substitute: base, context: await readContext(base, place) })))
  return { dockerfile: text, recipe, ingredients, ownBases }
}

async function ingredientOf(path: string, { build, main }: Substitute, place: Place): Promise<Ingredient> {
  const [folder, name = ''] = path.split('/')
  if (path === 'bin/node') return { kind: 'node', path }
  if (folder === 'bin') return { kind: 'tool', path, binary: name, ...(await toolOf(name, place)) }
  if (folder === 'tool') return { kind: 'tool', path, ...(await toolOf(name, place)) }
  if (path === 'app' && main !== undefined) return { kind: 'app', path, main }
  const source = join(build.context, path)
  if (existsSync(source)) return { kind: 'file', path, source }
  throw new HarnessError('COMPOSE_INVALID', `the Dockerfile in ${build.context} copies ${path}, which is not there`, {
    hint: 'it may copy files beside it, bin/<program>, tool/<name>, and app/ where x-harness starts a .ts file',
  })
}

async function toolOf(name: string, { root, env }: Place): Promise<{ readonly tool: string; readonly place: string }> {
  const [tool] = selectTools(await readTools(root), [name])
  if (tool === undefined) throw new HarnessError('BUG', `no tool ${name}`)
  return { tool: tool.name, place: await placeOf(tool, { root, env: env as NodeJS.ProcessEnv }) }
}
