// Where the log of a service is among the artifacts of a run.
import { join } from 'node:path'

export function logFile(artifacts: string, service: string): string {
  return join(artifacts, 'logs', `${service}.log`)
}
