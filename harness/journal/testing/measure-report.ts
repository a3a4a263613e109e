// Reads, judges and renders one journal in a process of its own and prints what that took: node measure-report.ts FILE
import { judgeRun } from '../../checks/judge.ts'
import { renderConsole } from '../../render/console.ts'
import { renderJson } from '../../render/json.ts'
import { renderJunit } from '../../render/junit.ts'
import { renderMarkdown } from '../../render/markdown.ts'
import { readRun } from '../read.ts'

const began = performance.now()
const record = await readRun(process.argv[2] ?? '')
const read = performance.now()
const judgement = judgeRun(record)
const judged = performance.now()
const bytes = [renderMarkdown, renderJson, renderJunit, renderConsole].map((render) => render(record, judgement).length)
const rendered = performance.now()
const figures = {
  lines: record.entries.length,
  verdict: judgement.verdict,
  because: judgement.because,
  bytes,
  readMs: Math.round(read - began),
  judgeMs: Math.round(judged - read),
  renderMs: Math.round(rendered - judged),
  totalMs: Math.round(rendered - began),
  rssMiB: Math.round(process.resourceUsage().maxRSS / 1_024),
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
