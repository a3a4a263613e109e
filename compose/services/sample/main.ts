// Starts the sample service as a process.
import { runService } from '../kit/service.ts'
import { sample } from './sample.ts'

await runService(process.env, sample)
