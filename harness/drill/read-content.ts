// Reads everything a run is made of and checks that it fits together: all problems at once, before anything starts.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { LoadedDrill } from '../model/drill.ts'
import type { LoadedPhase } from '../model/phase.ts'
import { byLine, shownFile } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import type { Stack } from '../model/stack.ts'
import { changedConfigs } from './check-config-change.ts'
import { brokenReferences } from './check-references.ts'
import type { AroundPhases } from './check-phases.ts'
import { readObserved } from './observed.ts'
import type { Observed, ObserverTexts } from './observed.ts'
import { DRILL_ENDINGS, readDrill } from './read-drill.ts'
import type { DrillRead } from './read-drill.ts'
import { readPhases } from './read-phases.ts'
import type { PhasesRead } from './read-phases.ts'
import type { RuleText } from './read-rules.ts'

export interface Content {
  readonly stack: Stack
  /** Sorted by name. */
  readonly drills: readonly LoadedDrill[]
  /** The observers as shipped; `readObserved(texts, n)` gives them as a run at acceleration n sees them. */
  readonly observed: Observed
  readonly texts: ObserverTexts
  /** Names of the files in scenarios/, without their ending. */
  readonly scenarios: readonly string[]
  /** What a gate can be asked about, sorted by name; none where the stack names no folder of them. */
  readonly phases: readonly LoadedPhase[]
}

export interface ContentRead {
  /** There only when there is no problem. */
  readonly content?: Content
  readonly problems: readonly Problem[]
}

/**
 * Reads what the stack's x-harness points to. `read` is what readStack gave; `extra` are drill files besides those in the
 * drills directory, as named on the command line.
 */
export async function readContent(
  read: { readonly stack?: Stack; readonly problems: readonly Problem[] },
  extra: readonly string[] = [],
): Promise<ContentRead> {
  const { stack } = read
  if (!stack) return { problems: read.problems }
  const drills = await Promise.all(uniqueFiles([...drillFiles(stack.harness.drills), ...extra]).map(readDrill))
  const scenarios = scriptNames(stack.harness.scenarios)
  const { texts, problems: lost } = readTexts(stack)
  const { observed, problems: wrong } = texts ? readObserved(texts) : { problems: [] }
  const located = drills.flatMap(whole)
  const disturbances = scriptNames(join(stack.harness.drills, 'disturbances'))
  const configs = changedConfigs(located.map(({ drill }) => drill), stack)
  const references = observed ? brokenReferences(located, { stack, observed, scenarios, disturbances, configs }) : []
  const { phases, problems: unready } = await phasesOf(stack, observed && { stack, observed, drills: located.map(({ drill }) => drill) })
  const problems = byLine([
    ...read.problems,
    ...lost,
    ...wrong,
    ...drills.flatMap((drill) => drill.problems),
    ...references,
    ...unready,
  ])
  if (problems.length > 0 || !texts || !observed) return { problems }
  const sorted = drills.flatMap(({ drill }) => drill ?? []).toSorted((a, b) => a.name.localeCompare(b.name))
  return { content: { stack, drills: sorted, observed, texts, scenarios, phases }, problems }
}

function phasesOf({ harness }: Stack, around: AroundPhases | undefined): Promise<PhasesRead> {
  return harness.phases === undefined ? Promise.resolve({ phases: [], problems: [] }) : readPhases(harness.phases, around)
}

/** A drill of the directory may be named by its path as well. */
function uniqueFiles(files: readonly string[]): readonly string[] {
  return [...new Map(files.map((file) => [resolve(file), file])).values()]
}

function whole({ drill, located }: DrillRead) {
  return drill && located ? [{ drill, located }] : []
}

function drillFiles(directory: string): readonly string[] {
  return listed(directory)
    .filter((name) => DRILL_ENDINGS.some((ending) => name.endsWith(ending)))
    .filter((name) => !name.endsWith('.test.ts') && !name.endsWith('.schema.json'))
    .map((name) => shownFile(join(directory, name)))
}

/** Of the programs in a folder; what they share lies in folders below. */
function scriptNames(directory: string): readonly string[] {
  return listed(directory)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => basename(name, '.ts'))
}

function listed(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory).toSorted() : []
}

function readTexts(stack: Stack): { readonly texts?: ObserverTexts; readonly problems: readonly Problem[] } {
  const prometheus = prometheusFile(stack)
  if (!prometheus) {
    const fix = 'mount one at a path that ends in prometheus.yml: deadlines are derived from it'
    return { problems: [{ file: stack.file, line: 1, what: 'the prometheus service mounts no prometheus.yml', fix }] }
  }
  const rules = listed(stack.harness.rules).filter((name) => /\.rules\.ya?ml$/.test(name))
  const texts = {
    rules: rules.map((name) => textOf(join(stack.harness.rules, name))),
    alertmanager: textOf(stack.harness.alertmanager),
    prometheus: textOf(prometheus),
  }
  return { texts, problems: [] }
}

function textOf(file: string): RuleText {
  return { file: shownFile(file), text: readFileSync(file, 'utf8') }
}

function prometheusFile({ services, harness }: Stack): string | undefined {
  const host = harness.observers.prometheus.split(':')[0]
  const mounts = services.find(({ name }) => name === host)?.mounts ?? []
  const files = mounts.map(({ source }) => (statSync(source).isDirectory() ? join(source, 'prometheus.yml') : source))
  return files.find((file) => /prometheus\.ya?ml$/.test(file) && existsSync(file))
}
