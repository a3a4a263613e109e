// Opens every dashboard as a person would, without Grafana: which would load, and which panels would show something now.
import { observe } from '../probe.ts'
import type { Seen } from '../probe.ts'
import { probeTargets } from '../targets.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { lookAtBoard, sentences } from './grafana/look-at-board.ts'
import type { Board } from './grafana/look-at-board.ts'
import { readProvisioning } from './grafana/provisioning.ts'
import type { DashboardFile } from './grafana/provisioning.ts'

/** Load comes no faster where time does: what is seldom asked for needs as long as it needs in production before it shows. */
const PATIENCE_MS = 45_000
const AGAIN_MS = 3_000

type Look = (file: DashboardFile) => Promise<Seen<Board>>

export const probeDashboards: GateProbe<'dashboards'> = (_check, scene) => {
  return observe<readonly Board[]>(scene.signal, [], async () => {
    const directory = scene.rig.stack.harness.dashboards
    if (directory === undefined) return { value: [], missing: 'the stack names no folder of dashboards' }
    const provisioning = readProvisioning(directory)
    const boards = await lookPatiently(provisioning.files, scene, (file) => lookAtBoard(file, provisioning, scene))
    const late = boards.some(isPartlyEmpty) ? await whoWasLate(scene) : undefined
    return { value: boards.map(({ value }) => value), missing: sentences([...boards, { missing: late }]) }
  })
}

/** Looks again at those that are partly empty, while the load is young. */
async function lookPatiently(files: readonly DashboardFile[], { clock, signal, loadFrom = 0 }: GateScene, look: Look): Promise<readonly Seen<Board>[]> {
  const boards: Seen<Board>[] = []
  for (const file of files) boards.push(await look(file))
  while (boards.some(isPartlyEmpty) && clock.now() < loadFrom + PATIENCE_MS) {
    await clock.sleep(AGAIN_MS, signal)
    for (const [index, file] of files.entries()) {
      const board = boards[index]
      if (board !== undefined && isPartlyEmpty(board)) boards[index] = await look(file)
    }
  }
  return boards
}

function isPartlyEmpty({ value }: Seen<Board>): boolean {
  return value.panels.some(({ parses, data }) => parses && !data)
}

/** Where time runs faster targets are given less of it, and a busy machine may not keep up: what is empty then says nothing of the system. */
async function whoWasLate(scene: GateScene): Promise<string | undefined> {
  if (scene.acceleration === 1) return undefined
  const { value } = await probeTargets(scene)
  const late = new Set(value.filter(({ lastError }) => lastError.includes('deadline exceeded')).map(({ service }) => service))
  return late.size > 0 ? `${[...late].join(', ')} did not answer Prometheus in the ${scene.acceleration}th part of the time that it gives them` : undefined
}
