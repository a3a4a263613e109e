// Starts the storage service as a process.
import { runService } from '../kit/service.ts'
import { storage } from './storage.ts'

await runService(process.env, storage)
