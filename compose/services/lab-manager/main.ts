// Starts the lab manager as a process.
import { runService } from '../kit/service.ts'
import { labManager } from './lab-manager.ts'

await runService(process.env, labManager)
