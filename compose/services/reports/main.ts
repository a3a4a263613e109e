// Starts the reports service as a process.
import { runService } from '../kit/service.ts'
import { reports } from './reports.ts'

await runService(process.env, reports)
