// Starts the event service as a process.
import { runService } from '../kit/service.ts'
import { event } from './event.ts'

await runService(process.env, event)
