// Starts the transaction service as a process.
import { runService } from '../kit/service.ts'
import { transaction } from './transaction.ts'

await runService(process.env, transaction)
