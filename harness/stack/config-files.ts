// Renders the configuration a service mounts: names become this stack's addresses, durations are accelerated.
import { chmod, cp, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Floor } from '../model/entry.ts'
import type { Insight } from '../model/insight.ts'
import type { ServiceSpec, Stack } from '../model/stack.ts'
import { accelerateAlertmanagerConfig, acceleratePrometheusConfig, acceleratePrometheusFlags, accelerateRules } from '../time/acceleration.ts'

/** Tests of mounted files are nobody's configuration. */
const TEST = /\.test\.\w+$/
const TEXT = /\.(ya?ml|json|toml|conf|sql|tmpl)$/

/** Directory under which the mounts of a service appear at their container paths, below the artifacts of a run. */
export function configDirectory(artifacts: string, service: string): string {
  return join(artifacts, 'config', service)
}

export interface Rendering {
  readonly stack: Stack
  readonly artifacts: string
  readonly acceleration: number
  /** Turns the names of Compose into addresses, where those are not the same. */
  readonly rewrite: (text: string, spec: ServiceSpec) => string
}

/** Writes all mounts of a service under its configuration directory, readable for whatever user the service has. */
export async function renderMounts(rendering: Rendering, spec: ServiceSpec): Promise<void> {
  for (const mount of spec.mounts) {
    for (const file of await filesOf(mount.source)) {
      const target = join(configDirectory(rendering.artifacts, spec.name), mount.target, file)
      await mkdir(dirname(target), { recursive: true, mode: 0o755 })
      const source = join(mount.source, file)
      if (!TEXT.test(source)) await cp(source, target)
      else await writeFile(target, rendering.rewrite((await accelerated({ ...rendering, spec, file: source })).text, spec))
      await chmod(target, (await stat(source)).mode | 0o444)
    }
  }
}

/** What renderMounts has written for a service, by its path inside; what is no text is left out. */
export async function mountedFiles(artifacts: string, spec: ServiceSpec): ReturnType<Insight['files']> {
  const paths = await Promise.all(spec.mounts.map(async ({ source, target }) => (await filesOf(source)).map((file) => join(target, file))))
  const texts = paths.flat().filter((path) => TEXT.test(path))
  return Promise.all(texts.map(async (path) => ({ path, text: await readFile(join(configDirectory(artifacts, spec.name), path), 'utf8') })))
}

/** Where acceleration came up against a floor in the configuration of this stack; each floor once. */
export async function floorsOf(stack: Stack, acceleration: number): Promise<readonly Floor[]> {
  const mounted = stack.services.flatMap((spec) => spec.mounts.map((mount) => ({ spec, source: mount.source })))
  const files = await Promise.all(mounted.map(async ({ spec, source }) => (await filesOf(source)).map((file) => ({ spec, file: join(source, file) }))))
  const rendered = await Promise.all(files.flat().filter(({ file }) => TEXT.test(file)).map((place) => accelerated({ ...place, stack, acceleration })))
  const floors = [...rendered, acceleratePrometheusFlags(acceleration)].flatMap(({ floors: bound }) => bound)
  return [...new Map(floors.map((floor) => [JSON.stringify(floor), floor])).values()]
}

/** Relative paths of the files of a mount; the empty path for a mount that is one file. */
async function filesOf(source: string): Promise<readonly string[]> {
  if ((await stat(source)).isFile()) return ['']
  const entries = await readdir(source, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile() && !TEST.test(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1))
}

interface Faster {
  readonly stack: Stack
  readonly spec: ServiceSpec
  readonly file: string
  readonly acceleration: number
}

async function accelerated({ stack, spec, file, acceleration }: Faster): Promise<{ text: string; floors: readonly Floor[] }> {
  const text = await readFile(file, 'utf8')
  const { prometheus, alertmanager } = stack.harness.observers
  const service = spec.name
  if (service === prometheus.split(':')[0] && /\.rules\.ya?ml$/.test(file)) return accelerateRules(text, acceleration)
  if (service === prometheus.split(':')[0] && /prometheus\.ya?ml$/.test(file)) return acceleratePrometheusConfig(text, acceleration)
  if (service === alertmanager.split(':')[0] && /alertmanager\.ya?ml$/.test(file)) return accelerateAlertmanagerConfig(text, acceleration)
  return { text, floors: [] }
}
