// The commands that do it again: the whole run, one drill of it, one criterion of a phase, or only the judgement.
import type { EntryOf } from '../../model/entry.ts'
import { EACH_EDGE, EACH_SERVICE } from '../../model/drill.ts'
import { targetOf } from '../../model/fault.ts'
import type { GateFinding, GateJudgement } from '../../model/gate-finding.ts'
import type { DrillRecord } from '../../model/record.ts'

type Opened = EntryOf<'run-opened'>

interface Asked extends Pick<GateFinding, 'how'> {
  readonly criterion: Pick<GateFinding['criterion'], 'id' | 'profile'>
}

/** Flags that hold for each drill of a run alike. */
const KEPT = /(?:^|\s)((?:--runtime|--load|-f|--file)[ =](?:'[^']*'|\S+))/g

/** One drill as the run had it: as fast, on the same runtime, with the same overlays. */
export function commandOf({ drill, id }: Pick<DrillRecord, 'drill' | 'id'>, opened: Opened): string {
  return ['npx harness drill', whichOf(drill, id), ...sameWay(opened)].join(' ')
}

/** One criterion of a phase, in a profile that has the time for it. */
export function gateCommandOf({ phase, profile }: Pick<GateJudgement, 'phase' | 'profile'>, { criterion, how }: Asked, opened: Pick<Opened, 'command' | 'acceleration'>): string {
  return ['npx harness gate', phase, `--profile ${how === 'another-profile' ? criterion.profile : profile}`, `--only ${criterion.id}`, ...sameWay(opened)].join(' ')
}

function sameWay({ command, acceleration }: Pick<Opened, 'command' | 'acceleration'>): readonly string[] {
  const flags = [...command.matchAll(KEPT)].map(([, flag = '']) => flag)
  return [...(acceleration === 1 ? [] : [`--accelerate ${acceleration}`]), ...flags]
}

function whichOf({ name, file, tags, faults: [fault] }: DrillRecord['drill'], id: string): string {
  if (fault !== undefined && tags.includes(EACH_EDGE)) return `--each-edge ${quoted(targetOf(fault))}`
  if (fault !== undefined && tags.includes(EACH_SERVICE)) return `--each-service ${quoted(targetOf(fault))}`
  const own = file === '' || file.startsWith('chaos/') ? (name === '' ? id : name) : file
  return /^[\w./#-]+$/.test(own) ? own : quoted(own)
}

/** For a shell, to which everything between two such signs is text. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

export function judgedAgain({ run }: Opened): string {
  return `npx harness report ${/^[\w.-]+$/.test(run) ? run : quoted(run)}`
}
