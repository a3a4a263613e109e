// Writes reports/routes.md from the runner's account of the contract tests; ends with 1 when something is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { coverageOf } from './route-coverage.ts'
import { provenClaims, routeTable, type RunnerReport } from './route-table.ts'

const [account = ''] = process.argv.slice(2)
const report = JSON.parse(readFileSync(account, 'utf8')) as RunnerReport
const coverage = await coverageOf(provenClaims(report))
writeFileSync(join(import.meta.dirname, '../../../reports/routes.md'), routeTable(coverage, report))
const missing = coverage.flatMap(({ rows }) => rows.filter((row) => row.missing.length > 0))
const lines = missing.map(({ service, route, missing: statuses }) => `${service} ${route}: ${statuses.join(' ')}`)
process.stdout.write(['reports/routes.md is written', ...lines.map((line) => `  missing: ${line}`), ''].join('\n'))
process.exit(missing.length > 0 || report.numFailedTests > 0 ? 1 : 0)
