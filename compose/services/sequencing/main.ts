// Starts the sequencing service as a process.
import { runService } from '../kit/service.ts'
import { sequencing } from './sequencing.ts'

await runService(process.env, sequencing)
