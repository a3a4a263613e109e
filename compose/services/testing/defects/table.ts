// The table defect x criterion as Markdown: which criterion finds which defect of which service, and what it saw.
import { DEFECTS, type Defect } from '../../kit/defects.ts'
import type { Criterion, Sight } from './probe.ts'

/** One criterion and its two looks: at the sound service, and at the same with the defect alone. */
export interface Row extends Criterion {
  readonly sound: Sight
  readonly shipped: Sight
}

const HEAD = `# Which criterion finds which defect

Written by \`npx vitest run --project services compose/services/testing/defects -u\`; the same test without \`-u\` fails when this
file says anything else than what it measured.

Each row is one service, started twice: sound, where the criterion must hold, and with this one defect switched on
(\`DEFECTS=...\`), where it must not. All other services are sound. \`compose/as-shipped.yaml\` switches them on together.

`

/** The table, by defect in the order of DEFECTS, then by service. */
export function tableOf(rows: readonly Row[]): string {
  const names = Object.keys(DEFECTS) as Defect[]
  const sorted = names.flatMap((defect) => rowsOf(rows, defect))
  const services = new Set(rows.map(({ service }) => service))
  const found = names.filter((defect) => rows.some((row) => row.defect === defect && finds(row)))
  const alarms = rows.filter(({ sound }) => !sound.holds).length
  return `${HEAD}${found.length} of ${names.length} defects found, in ${services.size} services; ${alarms} of ${rows.length} \
criteria failed on the sound system.

| defect | service | kind | criterion | sound | with the defect |
| --- | --- | --- | --- | --- | --- |
${sorted.map(lineOf).join('\n')}
`
}

/** Whether the criterion tells the defect from its absence. */
export function finds({ sound, shipped }: Row): boolean {
  return sound.holds && !shipped.holds
}

function rowsOf(rows: readonly Row[], defect: Defect): readonly Row[] {
  const own = rows.filter((row) => row.defect === defect)
  return own.toSorted((a, b) => `${a.service} ${a.says}`.localeCompare(`${b.service} ${b.says}`))
}

function lineOf({ defect, service, kind, says, sound, shipped }: Row): string {
  return `| ${[defect, service, kind, says, said(sound), said(shipped)].join(' | ')} |`
}

function said({ holds, saw }: Sight): string {
  return `${holds ? 'holds' : '**fails**'}: ${saw}`
}
