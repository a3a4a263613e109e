// Where everything of one local stack lives: addresses, directories, and the words its command lines may use. Pure.
import { isAbsolute, join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { ServiceSpec, Stack } from '../../model/stack.ts'
import { RUN_MARK, SERVICE_MARK } from './marks.ts'
import { substitute } from '../compose-variables.ts'
import { configDirectory } from '../config-files.ts'
import { environmentOf, hostVariable, paceFlags } from '../service-environment.ts'
import { sinkNames } from '../stack-places.ts'

export interface Layout {
  readonly run: string
  /** First three numbers of the loopback addresses, such as 127.80.3. */
  readonly subnet: string
  /** Repository root: command lines are relative to it. */
  readonly root: string
  /** reports/runs/<id>/artifacts */
  readonly artifacts: string
  /** Databases and the like; removed with the stack. */
  readonly data: string
  readonly acceleration: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly tools: ReadonlyMap<string, string>
}

export interface Launch {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Address 1 is the harness itself (the alert sink); services follow in the order of the compose file. */
export function hostOf(layout: Pick<Layout, 'subnet'>, stack: Stack, service: string): string {
  if (sinkNames(stack.harness).includes(service)) return `${layout.subnet}.1`
  const index = stack.services.findIndex((spec) => spec.name === service)
  if (index < 0) throw new HarnessError('BUG', `no service ${service} in ${stack.file}`)
  return `${layout.subnet}.${index + 2}`
}

/** `${SAMPLE_HOST:-sample}` and the like, as this stack resolves them; the user's environment stands behind. */
export function variablesOf(layout: Layout, stack: Stack): Readonly<Record<string, string | undefined>> {
  const hosts = stack.services.map((spec) => [hostVariable(spec.name), hostOf(layout, stack, spec.name)])
  return { ...layout.env, ...Object.fromEntries(hosts) }
}

export function dataDirectory(layout: Layout, service: string): string {
  return join(layout.data, service)
}

/** Command line and environment of a service, or with `command` of its preparation. */
export function launchOf(layout: Layout, { stack, spec }: { readonly stack: Stack; readonly spec: ServiceSpec }, command: readonly string[] = spec.harness.command): Launch {
  const variables = variablesOf(layout, stack)
  const words = { HOST: hostOf(layout, stack, spec.name), DATA: dataDirectory(layout, spec.name), CONFIG: configDirectory(layout.artifacts, spec.name) }
  const fill = (text: string) => substitute(fillWords(text, words, layout.tools), variables)
  const { acceleration } = layout
  const environment = environmentOf(spec, { environment: { ...spec.environment, ...spec.harness.environment }, fill, acceleration })
  const argv = [...command.map(fill), ...(command === spec.harness.command ? paceFlags(spec, stack, acceleration) : [])]
  return { argv: argv.map((word, i) => absolute(layout.root, word, i)), env: { ...inherited(layout), [SERVICE_MARK]: spec.name, ...environment } }
}

/** `${BIN:prometheus}`, `${HOST}`, `${DATA}`, `${CONFIG}`: what only this runtime knows. The rest is Compose's. */
function fillWords(text: string, words: Readonly<Record<string, string>>, tools: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{(BIN:([\w-]+)|HOST|DATA|CONFIG)\}/g, (_, word: string, tool?: string) => {
    if (tool === undefined) return words[word] ?? ''
    const path = tools.get(tool)
    if (path === undefined) throw new HarnessError('TOOL_MISSING', `no tool ${tool}: list it under x-harness.tools of the service`)
    return path
  })
}

function absolute(root: string, word: string, index: number): string {
  return index > 0 && /^compose\/.*\.ts$/.test(word) && !isAbsolute(word) ? join(root, word) : word
}

/** Little is inherited, so that a service behaves alike on every machine. The marks are how a sweep finds it. */
function inherited(layout: Layout): Record<string, string> {
  const keep = ['PATH', 'LANG', 'TZ', 'TMPDIR'].flatMap((name) => (layout.env[name] === undefined ? [] : [[name, layout.env[name]]]))
  return { ...Object.fromEntries(keep), [RUN_MARK]: layout.run }
}
