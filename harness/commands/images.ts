// harness images: which images the containers runtime wants, which there are, and how the others are had.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { inspectImages, obtainImages, readImages } from '../run/images.ts'
import type { ImageRow } from '../run/images.ts'
import { fileOption, jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { showProblems } from './content.ts'
import { imageWatcher, toolWatcher } from './tools.ts'

interface ImagesArguments {
  file: string[]
  json: boolean
  build: boolean
  pull: boolean
}

export function imagesCommand(world: CommandWorld): CommandModule<object, ImagesArguments> {
  return {
    command: 'images',
    describe: 'show which images the containers need, which are there and from where; build or pull the others',
    builder: (yargs) =>
      yargs
        .options({ ...fileOption, ...jsonOption })
        .option('build', { type: 'boolean', default: false, describe: 'build what is missing, or built from something that has changed' })
        .option('pull', { type: 'boolean', default: false, describe: 'pull what is not there under its own name' })
        .example('$0 images', 'look, and change nothing')
        .example('$0 images --build', 'make everything that a run without a registry needs')
        .example('$0 images --pull --build', 'as a run does: pull, and build what cannot be pulled')
        .example('SAMPLE_IMAGE=ghcr.io/acme/sample:1.4 $0 images --pull', 'an image of your own in place of a reference service') as never,
    handler: (args) => showImages(world, args),
  }
}

async function showImages(world: CommandWorld, { file, json, build, pull }: ImagesArguments): Promise<void> {
  const { specs, problems } = readImages(file, world)
  if (specs === undefined) {
    showProblems(world, problems)
    return world.exit(EXIT.usage)
  }
  const watcher = { onTool: toolWatcher(world), onImage: imageWatcher(world) }
  try {
    if (build || pull) await obtainImages(specs, { build, pull }, { world, watcher })
  } finally {
    // What failed is told by the error; what came of the rest is worth seeing too.
    const rows = await inspectImages(specs, world)
    if (json) world.print(JSON.stringify(rows, null, 2))
    else table(rows).forEach((line) => world.print(line))
  }
}

function table(rows: readonly ImageRow[]): readonly string[] {
  const cells = rows.map((row) => [row.state, row.service, row.wanted, shortId(row.id), sizeOf(row.bytes), standIn(row)])
  const head = ['state', 'for', 'wanted', 'id', 'size', 'from']
  const widths = head.map((title, column) => Math.max(...[head, ...cells].map((line) => line[column]?.length ?? 0), title.length))
  return [head, ...cells].map((line) => line.map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '))
}

function standIn({ wanted, reference, from, overridden }: ImageRow): string {
  const told = overridden ? `${from} (named by the environment)` : from
  return reference === wanted || !from.startsWith('built') ? told : `${reference}, ${told}`
}

function shortId(id = ''): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}

/** In millions of bytes, as engines show it; layers that images share count in each. */
function sizeOf(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`
}
