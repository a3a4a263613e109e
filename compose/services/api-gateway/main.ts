// Starts the API gateway as a process.
import { runService } from '../kit/service.ts'
import { apiGateway } from './api-gateway.ts'

await runService(process.env, apiGateway)
