// Starts the notification service as a process.
import { runService } from '../kit/service.ts'
import { notification } from './notification.ts'

await runService(process.env, notification)
