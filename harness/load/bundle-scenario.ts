// k6 transforms single TypeScript files but resolves no imports of packages: a scenario becomes one file first.
import { build } from 'esbuild'
import type { BuildFailure, Message } from 'esbuild'
import { HarnessError } from '../errors.ts'

/** Writes the scenario and all it imports as one ES module. CONTENT_INVALID names every line that does not compile. */
export async function bundleScenario(scenarioFile: string, outfile: string): Promise<void> {
  try {
    await build({
      entryPoints: [scenarioFile],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      external: ['k6', 'k6/*', 'https://*'],
      // So that k6 names lines of the TypeScript in its stack traces.
      sourcemap: 'inline',
      logLevel: 'silent',
    })
  } catch (thrown) {
    if (!isBuildFailure(thrown)) throw thrown
    const lines = thrown.errors.map(describe).join('; ')
    throw new HarnessError('CONTENT_INVALID', `the scenario ${scenarioFile} does not compile: ${lines}`)
  }
}

function describe({ location, text }: Message): string {
  return location ? `${location.file}:${location.line} ${text}` : text
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
}
