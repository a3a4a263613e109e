// Starts the auth service as a process.
import { runService } from '../kit/service.ts'
import { auth } from './auth.ts'

await runService(process.env, auth)
