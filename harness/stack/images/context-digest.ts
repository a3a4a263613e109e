// One short text that changes whenever an image would: known without making a tool, bundling a package or asking an engine.
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { platform } from '../toolchain/cache.ts'
import type { BuildContext, Ingredient, Place } from './build-context.ts'
import { ownCodeOf } from './bundle-service.ts'
import type { Substitute } from './image-name.ts'

/** On an image: the digest of what it was built from. */
export const CONTEXT_LABEL = 'readiness-harness.context'

export async function digestOf({ dockerfile, ingredients, ownBases }: BuildContext, { build }: Substitute, place: Place): Promise<string> {
  const parts = await Promise.all(ingredients.map((ingredient) => partsOf(ingredient, place.root)))
  const bases = await Promise.all(ownBases.map(({ context, substitute }) => digestOf(context, substitute, place)))
  const { target, args } = build
  return createHash('sha256').update(JSON.stringify({ dockerfile, target, args, parts, bases })).digest('hex').slice(0, 16)
}

async function partsOf(ingredient: Ingredient, root: string): Promise<unknown> {
  const { kind, path } = ingredient
  if (kind === 'file') return { path, files: await filesOf(ingredient.source) }
  if (kind === 'node') return { path, identity: `${process.version}-${platform()}` }
  if (kind === 'tool') return { path, identity: basename(ingredient.place) }
  return { path, code: await ownCodeOf(ingredient.main, root), packages: await readFile(join(root, 'package-lock.json'), 'utf8') }
}

async function filesOf(source: string): Promise<unknown> {
  const found = await stat(source)
  // as git keeps it; the rest of the mode is the umask of whoever cloned
  if (found.isFile()) return { executable: (found.mode & 0o100) !== 0, text: await readFile(source, 'base64') }
  const names = (await readdir(source)).sort()
  return Promise.all(names.map(async (name) => ({ name, of: await filesOf(join(source, name)) })))
}
