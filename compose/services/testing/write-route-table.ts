// Writes reports/routes.md from the runner's accounts of the contract tests; ends with 1 when something is missing or failed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { coverageOf } from './route-coverage.ts'
import { lastOf, provenClaims, routeTable, type RunnerReport } from './route-table.ts'

/** That of a file which was run again may come after that of the whole run. */
const accounts = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as RunnerReport)
const report = lastOf(accounts)
const coverage = await coverageOf(provenClaims(report))
writeFileSync(join(import.meta.dirname, '../../../reports/routes.md'), routeTable(coverage, report))
const missing = coverage.flatMap(({ rows }) => rows.filter((row) => row.missing.length > 0))
const lines = missing.map(({ service, route, missing: statuses }) => `${service} ${route}: ${statuses.join(' ')}`)
const failed = report.testResults.filter(({ status }) => status === 'failed')
const broken = failed.map(({ name }) => `  failed: ${name}`)
process.stdout.write(['reports/routes.md is written', ...lines.map((line) => `  missing: ${line}`), ...broken, ''].join('\n'))
process.exit(missing.length > 0 || failed.length > 0 ? 1 : 0)
