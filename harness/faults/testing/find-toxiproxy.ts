// Finds a toxiproxy-server for live tests: on PATH, else among the tools the harness has made.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const BINARY = 'toxiproxy-server'

/** Its path; undefined when there is none, and then live tests are skipped. */
export function findToxiproxy(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const cache = env['HARNESS_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'readiness-harness')
  const made = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('toxiproxy-')) : []
  const places = [
    ...(env['PATH'] ?? '').split(delimiter).filter(Boolean),
    ...made.map((name) => join(cache, name, 'bin')),
  ]
  return places.map((place) => join(place, BINARY)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
