// Starts the model back-end as a process.
import { runService } from '../kit/service.ts'
import { ragModel } from './rag-model.ts'

await runService(process.env, ragModel)
