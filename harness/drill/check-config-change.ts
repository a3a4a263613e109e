// Checks changes of configuration: that the file is mounted, that it holds what is to be changed, and that this can be seen.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { findPlace } from '../model/config-place.ts'
import type { Lost } from '../model/config-place.ts'
import type { LoadedDrill } from '../model/drill.ts'
import type { Fault, FaultOf } from '../model/fault.ts'
import { locate } from '../model/located.ts'
import type { Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import { shownFile } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { mountedFrom } from '../model/stack.ts'
import type { ServiceSpec, Stack } from '../model/stack.ts'
import type { Checking } from './check-references.ts'

interface Subject {
  readonly fault: FaultOf<'config_change'>
  readonly spec: ServiceSpec
  readonly checking: Checking
  readonly at: Path
}

/** The texts of all files that the drills change, as they are shipped. */
export function changedConfigs(drills: readonly Pick<LoadedDrill, 'faults'>[], { services }: Stack): Readonly<Record<string, string>> {
  const texts = drills.flatMap(({ faults }) => faults.flatMap((fault): readonly (readonly [string, string])[] => {
    if (fault.kind !== 'config_change') return []
    const spec = services.find(({ name }) => name === fault.service)
    const source = spec && mountedFrom(spec, fault.file)
    return source !== undefined && existsSync(source) && statSync(source).isFile() ? [[keyOf(fault), readFileSync(source, 'utf8')]] : []
  }))
  return Object.fromEntries(texts)
}

/** A service that does not exist is told elsewhere. */
export function configProblems(fault: Fault, index: number, checking: Checking): readonly Problem[] {
  if (fault.kind !== 'config_change') return []
  const spec = checking.stack.services.find(({ name }) => name === fault.service)
  if (spec === undefined) return []
  const subject = { fault, spec, checking, at: ['faults', index] }
  return [...fileProblems(subject), ...portProblems(subject)]
}

function fileProblems({ fault, spec, checking: { configs = {}, problem }, at }: Subject): readonly Problem[] {
  const source = mountedFrom(spec, fault.file)
  if (source === undefined) {
    const targets = spec.mounts.map(({ target }) => target)
    return [problem([...at, 'file'], `${fault.service} mounts nothing at ${fault.file}`, suggest(fault.file, targets, 'mount'))]
  }
  const text = configs[keyOf(fault)]
  if (text === undefined) return [problem([...at, 'file'], `there is no file ${shownFile(source)}`, 'name a file of this directory')]
  const { value, problems } = locate(source, text)
  if (problems.length > 0) return [problem([...at, 'file'], `${shownFile(source)} is no YAML`, 'only nodes of YAML can be changed')]
  const found = findPlace(value, fault.at)
  if ('wanted' in found) return [problem([...at, 'at'], `${shownFile(source)} has nothing at ${fault.at}`, remedy(found))]
  if (fault.to === undefined || found.value !== fault.to) return []
  return [problem([...at, 'to'], `${fault.at} is ${String(fault.to)} already, so nothing would change`, 'write another value, or leave it out')]
}

function remedy({ wanted, known, key }: Lost): string {
  return suggest(wanted, known.filter((name) => name !== ''), key ?? 'key')
}

/** What cannot be asked cannot say what it has read. */
function portProblems({ fault: { service, shows }, spec: { ports }, checking: { problem }, at }: Subject): readonly Problem[] {
  if (ports.length === 0) return [problem([...at, 'shows'], `${service} has no port, so nothing can be seen of it from outside`, 'give it one under ports or expose')]
  if (shows.port === undefined || ports.includes(shows.port)) return []
  return [problem([...at, 'shows', 'port'], `${service} has no port ${shows.port}`, `write one of: ${ports.join(', ')}`)]
}

const keyOf = ({ service, file }: Pick<FaultOf<'config_change'>, 'service' | 'file'>) => `${service} ${file}`
