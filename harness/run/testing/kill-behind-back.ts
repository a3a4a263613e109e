// Ends a service of a run as the machine or a stranger would: not through the harness.
import { engineClient } from '../../stack/containers/engine-client.ts'
import { RUN_LABEL, SERVICE_LABEL } from '../../stack/containers/labels.ts'
import { markedProcesses } from '../../stack/local/marks.ts'

/** Resolves once the signal is on its way; a process or a container, whichever the service is. */
export async function killBehindBack(run: string, service: string): Promise<void> {
  const found = markedProcesses().find((one) => one.run === run && one.service === service)
  if (found) return void process.kill(found.id.pid, 'SIGKILL')
  const { docker } = await engineClient(process.env)
  const [container] = await docker.listContainers({ filters: { label: [`${RUN_LABEL}=${run}`, `${SERVICE_LABEL}=${service}`] } })
  if (!container) throw new Error(`${service} of ${run} is neither a process nor a container`)
  await docker.getContainer(container.Id).kill()
}
