// The table of tools, compose/toolchain/tools.yaml: what each is called, which version we want and how it is had.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { HarnessError, messageOf } from '../../errors.ts'

const binarySchema = z.strictObject({
  package: z.string().optional().describe('Go package path, with a go recipe'),
  file: z.string().optional().describe('path inside the unpacked Debian packages'),
  aliases: z.array(z.string()).default([]).describe('other names it goes by on PATH'),
  versionArgs: z.array(z.string()),
  versionPattern: z.string().describe('regular expression; group 1 is the version'),
})

const goSchema = z.strictObject({
  kind: z.literal('go'),
  module: z.string().describe('directory beside the table that holds go.mod and go.sum'),
  tags: z.array(z.string()).default([]),
  ldflags: z.string().default(''),
})

const debianSchema = z.strictObject({
  kind: z.literal('debian'),
  packages: z.array(z.string()).min(1),
  libraries: z.record(z.string(), z.string()).default({}).describe('soname -> package, fetched where missing'),
})

const npmSchema = z.strictObject({
  kind: z.literal('npm'),
  package: z.string().describe('{platform} stands for process.platform-process.arch'),
  directory: z.string().describe('the part of the package that is copied; it has bin/'),
  symlinks: z.string().optional().describe('list of links that the package makes when its install script may run'),
  reports: z.string().describe('the version its binaries report'),
})

const toolSchema = z.strictObject({
  version: z.string(),
  minimum: z.string().describe('oldest version that is taken from PATH'),
  usualSeconds: z.number().describe('usual duration of a first build'),
  public: z.boolean().default(false).describe('must be readable by an unprivileged user when the harness runs as root'),
  recipe: z.discriminatedUnion('kind', [goSchema, debianSchema, npmSchema]),
  binaries: z.record(z.string(), binarySchema),
})

export type Binary = z.infer<typeof binarySchema>
export type Recipe = z.infer<typeof toolSchema>['recipe']
export type GoRecipe = z.infer<typeof goSchema>
export type DebianRecipe = z.infer<typeof debianSchema>
export type NpmRecipe = z.infer<typeof npmSchema>
export type Tool = z.infer<typeof toolSchema> & { readonly name: string }

/** Where the table and the Go modules are, from the repository root. */
export const TOOLCHAIN_DIRECTORY = 'compose/toolchain'

/** The table of the repository at `root`. Throws CONTENT_INVALID with every fault in it. */
export async function readTools(root: string): Promise<readonly Tool[]> {
  const file = join(root, TOOLCHAIN_DIRECTORY, 'tools.yaml')
  const parsed = z.record(z.string(), toolSchema).safeParse(await parseYaml(file))
  if (!parsed.success) throw new HarnessError('CONTENT_INVALID', `${file}: ${z.prettifyError(parsed.error)}`)
  return Object.entries(parsed.data).map(([name, tool]) => ({ name, ...tool }))
}

async function parseYaml(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (thrown) {
    throw new HarnessError('CONTENT_INVALID', `cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown })
  }
}

/** The tools that `names` ask for; a name is that of a tool or of one of its binaries. Table order, no doubles. */
export function selectTools(tools: readonly Tool[], names: readonly string[]): readonly Tool[] {
  const unknown = names.filter((name) => !tools.some((tool) => isCalled(tool, name)))
  if (unknown.length > 0) {
    const known = tools.flatMap((tool) => Object.keys(tool.binaries)).join(', ')
    throw new HarnessError('TOOL_MISSING', `no such tool: ${unknown.join(', ')}; known are ${known}`, {
      hint: `add it to ${TOOLCHAIN_DIRECTORY}/tools.yaml, or correct the name`,
    })
  }
  return tools.filter((tool) => names.some((name) => isCalled(tool, name)))
}

function isCalled(tool: Tool, name: string): boolean {
  return tool.name === name || name in tool.binaries
}

/** The environment variable that names the path of a binary: toxiproxy-server -> HARNESS_TOXIPROXY_SERVER. */
export function variableOf(binary: string): string {
  return `HARNESS_${binary.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}
