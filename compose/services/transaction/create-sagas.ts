// Puts the coordinator together: its engine, its place in the database, and the shipped defects.
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { Kit } from '../kit/service.ts'
import { createCoordinator, type Coordinator } from './coordinator.ts'
import type { Engine } from './engine.ts'
import { claim, forgetOld, forgetSaga, forgetUnfinished, lostSagas } from './ledger.ts'
import { createPeers } from './peers.ts'
import { createSagaMeter } from './saga-meter.ts'
import type { TransactionSettings } from './settings.ts'
import { createStoppable, type Stoppable } from './stoppable.ts'
import { openStore, type Runner } from './store.ts'
import { createWorkflows, type StepTimes, type Workflows } from './workflows.ts'

/** The sagas of this process. */
export interface Sagas {
  readonly coordinator: Coordinator
  readonly workflows: Workflows
  stop(): Promise<void>
}

/** With the defect, as good as no time limit. */
const DAY = 86_400_000
/** With the defect, an undoing is given up after as many attempts as a step. */
const FEW_ATTEMPTS = 3

/** Creates the coordinator; it runs nothing before its start. */
export function createSagas(kit: Kit<TransactionSettings>, database: Database, outbox: Outbox): Sagas {
  const { settings, metrics, warn } = kit
  const forgets = settings.defects.has('saga-forgets')
  const waits = createStoppable()
  const workflows = createWorkflows(timesOf(settings), settings.defects)
  const meter = createSagaMeter(metrics, () => coordinator.active())
  let runner: Runner | undefined
  const coordinator = createCoordinator({
    maxSagas: settings.maxSagas,
    takeOver: async () => {
      if (forgets) await forgetUnfinished(database, settings.runnerName)
      runner = await claim(database, settings.runnerName)
      const store = openStore(database, outbox, runner)
      return { ...engineOf(settings, waits), store, workflows, meter }
    },
    lost: async (known) => (runner === undefined ? [] : lostSagas(database, runner, known)),
    forgetOld: () => forgetOld(database, settings.cleanupAfterHours),
    ended: async ({ id }) => {
      if (forgets) await forgetSaga(database, id)
    },
    warn,
  })
  const stop = async (): Promise<void> => {
    waits.stop()
    await coordinator.stop()
  }
  return { coordinator, workflows, stop }
}

function timesOf(settings: TransactionSettings): StepTimes {
  if (!settings.defects.has('saga-never-times-out')) return settings
  return { createSample: DAY, validateSample: DAY, assignStorage: DAY, sendNotification: DAY }
}

function engineOf(settings: TransactionSettings, waits: Stoppable): Omit<Engine, 'store' | 'workflows' | 'meter'> {
  return {
    peers: createPeers(settings),
    now: Date.now,
    pause: waits.pause,
    maxPause: settings.compensationMaxPause,
    undoAttempts: settings.defects.has('saga-gives-up-undoing') ? FEW_ATTEMPTS : Infinity,
    undoesAll: settings.defects.has('saga-undoes-everything'),
  }
}
