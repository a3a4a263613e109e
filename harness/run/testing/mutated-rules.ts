// Real rules with one deliberate mistake each, beside the sound ones: what a drill would see had somebody made it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

interface Rule {
  readonly alert?: string
  readonly expr: string
  readonly [key: string]: unknown
}

interface Rules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[]
}

export interface Mutant {
  /** The rule it is made of, and the name it goes by. */
  readonly of: string
  readonly name: string
  readonly change: (rule: Rule) => Partial<Rule>
}

/** Writes a directory of rules and an overlay that puts it in the place of the shipped one; returns the overlay's path. */
export function mutatedOverlay(file: string, mutants: readonly Mutant[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'readiness-harness-mutants-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const { groups } = parse(readFileSync(file, 'utf8')) as Rules
  const watchdog = { alert: 'Watchdog', expr: 'vector(1)', labels: { severity: 'none', team: 'platform', service: 'prometheus' } }
  const changed = groups.map((group) => ({ ...group, rules: [...group.rules, ...mutants.map((mutant) => mutated(mutant, group.rules)), watchdog] }))
  writeFileSync(join(directory, 'mutants.rules.yml'), stringify({ groups: changed }))
  const overlay = join(directory, 'mutants.yaml')
  writeFileSync(overlay, stringify({ 'x-harness': { rules: directory }, services: { prometheus: { volumes: [`${directory}:/etc/prometheus/rules:ro`] } } }))
  return overlay
}

function mutated({ of, name, change }: Mutant, rules: readonly Rule[]): Rule {
  const rule = rules.find(({ alert }) => alert === of)
  if (rule === undefined) throw new Error(`there is no rule ${of}`)
  const mutant = { ...rule, ...change(rule), alert: name }
  if (JSON.stringify({ ...mutant, alert: of }) === JSON.stringify(rule)) throw new Error(`${name} is no other than ${of}`)
  return mutant
}
