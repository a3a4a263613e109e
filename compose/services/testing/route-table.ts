// The table of all routes, from the runner's own account of a run: only what a test that passed has claimed counts.
import { plain, table } from '../../../harness/render/markdown-table.ts'
import { documentOf } from './documented-routes.ts'
import { claimsOf, type Claim } from './route-claims.ts'
import type { CoverageRow, ServiceCoverage } from './route-coverage.ts'

/** What vitest's JSON reporter writes, as far as it is needed here. */
export interface RunnerReport {
  readonly startTime: number
  /** How many runs it is of, when it is of more than one. */
  readonly runs?: number
  readonly testResults: readonly {
    readonly name: string
    /** `failed` also when a file broke off before its tests. */
    readonly status: string
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

/** One account of several; of a file that ran more than once, the last run counts. */
export function lastOf(reports: readonly RunnerReport[]): RunnerReport {
  const files = new Map(reports.flatMap(({ testResults }) => testResults.map((file) => [file.name, file])))
  return { runs: reports.length, startTime: Math.max(...reports.map(({ startTime }) => startTime)), testResults: [...files.values()] }
}

/** How many tests of an account ended so. */
export function counted({ testResults }: RunnerReport, status: 'passed' | 'failed'): number {
  return testResults.flatMap(({ assertionResults }) => assertionResults).filter((test) => test.status === status).length
}

/** Claims of the tests that passed. */
export function provenClaims({ testResults }: RunnerReport): readonly Claim[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'passed').flatMap(({ title }) => claimsOf(title, name)),
  )
}

/** The command that makes the table. */
export const COMMAND = 'npm run routes'

/** The whole page. */
export function routeTable(coverage: readonly ServiceCoverage[], report: RunnerReport): string {
  const rows = coverage.flatMap((service) => service.rows)
  const documented = rows.filter(({ kind }) => kind === 'documented')
  const whole = documented.filter(({ missing }) => missing.length === 0).length
  const runs = report.runs === undefined || report.runs === 1 ? '' : `, of ${report.runs} runs the last of each file`
  const tests = `${counted(report, 'passed')} tests passed, ${counted(report, 'failed')} failed${runs}`
  return [
    '# Routes',
    '',
    `Made by \`${COMMAND}\` on ${new Date(report.startTime).toISOString().slice(0, 10)}: ${tests}.`,
    '',
    `**${whole} of ${documented.length} documented routes** answer as documented; ${rows.length - documented.length} rows are our own routes`,
    'or say what is documented of a service as a whole. A status counts as shown only when a contract test that passed has it in',
    'its title; such a test fails when the service did not give that answer to that request while it ran, or when a field of the',
    'documented body was not in it. Wanted is what the documents promise, and 401 wherever nobody gets in unknown; body says how',
    'many fields of the first of these answers are documented.',
    '',
    ...coverage.flatMap(serviceLines),
  ].join('\n')
}

function serviceLines({ rows }: ServiceCoverage): readonly string[] {
  const [first] = rows
  if (first === undefined) return []
  const { absent } = documentOf(first.service)
  const head = ['route', 'wanted', 'shown', 'missing', 'body', '']
  return [`## ${first.service}`, '', ...table(head, rows.map(cellsOf)), ...(absent === undefined ? [] : [`Not here: ${plain(absent)}.`, ''])]
}

function cellsOf({ route, kind, wanted, shown, missing, fields, note }: CoverageRow): readonly string[] {
  const name = kind === 'anywhere' ? route : `\`${route}\``
  const remark = kind === 'ours' ? `ours: ${note}` : note
  return [name, wanted.join(' '), shown.join(' '), missing.length === 0 ? '' : `**${missing.join(' ')}**`, bodyOf(fields), plain(remark)]
}

/** Empty where the documents say nothing of the body. */
function bodyOf(fields: number): string {
  if (fields === 0) return ''
  return fields === 1 ? '1 field' : `${fields} fields`
}
