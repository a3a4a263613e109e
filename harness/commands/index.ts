// All verbs, in the order help shows them.
import type { CommandModule } from 'yargs'
import { alertsCommand } from './alerts.ts'
import { benchCommand } from './bench.ts'
import { checkCommand } from './check.ts'
import type { CommandWorld } from './command-world.ts'
import { compareCommand } from './compare.ts'
import { doctorCommand } from './doctor.ts'
import { downCommand } from './down.ts'
import { drillCommand } from './drill.ts'
import { gateCommand } from './gate.ts'
import { imagesCommand } from './images.ts'
import { planCommand } from './plan.ts'
import { reportCommand } from './report.ts'
import { statusCommand } from './status.ts'
import { undoCommand } from './undo.ts'
import { upCommand } from './up.ts'

export function commandsFor(world: CommandWorld): CommandModule[] {
  const verbs = [gateCommand, drillCommand, checkCommand, planCommand, upCommand, downCommand, statusCommand, undoCommand, reportCommand, compareCommand, alertsCommand, doctorCommand, imagesCommand, benchCommand]
  return verbs.map((verb) => verb(world) as CommandModule)
}
