// A value that is in force: in the flags a service runs with, a file it mounts, its environment, or by its own word.
import { parseAllDocuments } from 'yaml'
import type { FactValue } from '../../model/gate-evidence.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { observe } from '../probe.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { insightOf, specOf } from './inside.ts'
import { serverSetting } from './server-setting.ts'

type Check = CheckOf<'setting'>
type Found = FactValue<'setting'>

const WAYS: Readonly<Record<Check['from'], (check: Check, scene: GateScene) => Promise<Found>>> = {
  flags: async ({ service, name }, { rig }) => found(flagIn(await insightOf(rig).commandLine(service), name), `the command line of ${service}`),
  environment: async ({ service, name }, { rig }) => found((await insightOf(rig).environment(service))[name], `the environment of ${service}`),
  file: async ({ service, name }, { rig }) => inFiles(await insightOf(rig).files(service), { service, name }),
  server: async ({ service, name }, scene) => found(await serverSetting(scene, service, name), `${service} itself`),
}

/** Without a value where there is none of this name. */
export const setting: GateProbe<'setting'> = (check, scene) =>
  observe(scene.signal, { where: '' }, async () => {
    specOf(scene.rig, check.service)
    return { value: await WAYS[check.from](check, scene) }
  })

function found(value: unknown, where: string): Found {
  if (value === undefined || value === null) return { where }
  return { where, value: ['string', 'number', 'boolean'].includes(typeof value) ? (value as string) : JSON.stringify(value) }
}

/** `--name=value`, `-name value`, `-c name=value`; a flag that stands alone is true. The last one counts. */
export function flagIn(argv: readonly string[], name: string): string | boolean | undefined {
  return argv.reduce<string | boolean | undefined>((last, word, index) => {
    const bare = word.replace(/^-{1,2}/, '')
    if (bare.startsWith(`${name}=`)) return bare.slice(name.length + 1)
    if (bare !== name || bare === word) return last
    const next = argv[index + 1]
    return next === undefined || next.startsWith('-') ? true : next
  }, undefined)
}

interface Wanted {
  readonly service: string
  readonly name: string
}

/** The first file that has it. */
function inFiles(files: readonly { readonly path: string; readonly text: string }[], { service, name }: Wanted): Found {
  for (const { path, text } of files.filter((file) => /\.(ya?ml|json)$/.test(file.path))) {
    const value = parseAllDocuments(text).map((document) => document.getIn(name.split('.'))).find((one) => one !== undefined)
    if (value !== undefined) return found(value, path)
  }
  return { where: files.length === 0 ? `${service}, which mounts no file,` : files.map(({ path }) => path).join(', ') }
}
