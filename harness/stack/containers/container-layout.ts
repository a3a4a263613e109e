// What all containers of one run share: names, ports, variables. Pure.
import { HarnessError } from '../../errors.ts'
import type { Stack } from '../../model/stack.ts'
import { substitute } from '../compose-variables.ts'
import type { Environment } from '../compose-variables.ts'
import { hostVariable } from '../service-environment.ts'
import type { Ports } from './ports.ts'

export interface ContainerLayout {
  readonly run: string
  readonly stack: Stack
  readonly network: string
  /** reports/runs/<id>/artifacts */
  readonly artifacts: string
  readonly acceleration: number
  readonly env: Environment
  /** Image reference by service. */
  readonly images: ReadonlyMap<string, string>
  /** Host ports by service, as the harness chose them. */
  readonly ports: ReadonlyMap<string, Ports>
}

/** `${SAMPLE_IMAGE:-...}` and the like from the environment of the user; `${SAMPLE_HOST:-sample}` stays the name. */
export function fillerOf({ env, stack }: Pick<ContainerLayout, 'env' | 'stack'>): (text: string) => string {
  const hosts = new Set(stack.services.map(({ name }) => hostVariable(name)))
  const known = Object.fromEntries(Object.entries(env).filter(([name]) => !hosts.has(name)))
  return (text) => substitute(text, known)
}

export function imageOf({ images }: ContainerLayout, service: string): string {
  const image = images.get(service)
  if (image === undefined) throw new HarnessError('IMAGE_MISSING', `no image for ${service}`)
  return image
}
