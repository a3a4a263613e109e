// Starts the QA/QC service as a process.
import { runService } from '../kit/service.ts'
import { qaqc } from './qaqc.ts'

await runService(process.env, qaqc)
