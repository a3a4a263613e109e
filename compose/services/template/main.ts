// Starts the template service as a process.
import { runService } from '../kit/service.ts'
import { template } from './template.ts'

await runService(process.env, template)
