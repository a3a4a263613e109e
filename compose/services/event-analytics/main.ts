// Starts the event analytics service as a process.
import { runService } from '../kit/service.ts'
import { eventAnalytics } from './event-analytics.ts'

await runService(process.env, eventAnalytics)
