// The containers of a stack, stopped and all started again at once, as `docker start` in a script would.
import type Dockerode from 'dockerode'
import type { Rig } from '../../model/stack.ts'
import type { PlainStack } from '../plain-stack.ts'
import type { Surroundings } from '../runtime.ts'
import type { ContainersState } from '../state.ts'
import { askEngine, saysSo } from './ask-engine.ts'
import { waitForContainer } from './container-readiness.ts'
import { engineClient } from './engine-client.ts'
import { containerName } from './names.ts'

const GRACE_S = 5

type Work = (container: Dockerode.Container, signal: AbortSignal) => Promise<unknown>

/** Of a stack that runs: stopped first, then started. What its volumes hold is there already. */
export function plainContainers({ stack, directory, env, clock }: Surroundings, { run }: ContainersState, rig: Rig): PlainStack {
  const each = async (what: string, signal: AbortSignal | undefined, work: Work) => {
    const { docker } = await engineClient(env)
    const ask = (service: string) =>
      askEngine({ clock, signal, what: `${what} ${service}` }, (limit) => work(docker.getContainer(containerName(run, service)), limit)).catch((thrown: Error) => {
        if (!saysSo(thrown.cause)) throw thrown
      })
    await Promise.all(stack.services.map(({ name }) => ask(name)))
  }
  const stop = () => each('stop', undefined, (container, abortSignal) => container.stop({ t: GRACE_S, abortSignal }))
  return {
    stop,
    start: async (signal) => {
      const { docker } = await engineClient(env)
      await each('start', signal, (container, abortSignal) => container.start({ abortSignal }))
      const options = { docker, clock, artifacts: `${directory}/artifacts`, address: (service: string, port: number) => rig.address(service, port) }
      const nobodyDies = Promise.withResolvers<never>().promise
      await Promise.all(stack.services.map((spec) => waitForContainer(options, { spec, container: docker.getContainer(containerName(run, spec.name)), died: nobodyDies, signal })))
    },
  }
}
