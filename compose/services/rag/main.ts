// Starts the RAG service as a process.
import { runService } from '../kit/service.ts'
import { rag } from './rag.ts'

await runService(process.env, rag)
