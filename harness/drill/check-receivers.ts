// Checks the receivers that a drill names: that Alertmanager has them, and that they are told by the channel that is asked for.
import type { CriterionOf } from '../model/criterion.ts'
import type { Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import type { Checking } from './check-references.ts'

type Asked = Pick<CriterionOf<'alert-fires'>, 'receiver' | 'channel'>

/** The receiver, if Alertmanager has none of this name. */
export function unknownReceiver(receiver: string, path: Path, { observed, problem }: Checking): readonly Problem[] {
  const names = observed.receiverNames
  return names.includes(receiver) ? [] : [problem(path, `Alertmanager has no receiver ${receiver}`, suggest(receiver, names, 'receiver'))]
}

/** A receiver that is not there, or that nothing reaches by the channel asked for. */
export function receiverProblems({ receiver, channel }: Asked, path: Path, checking: Checking): readonly Problem[] {
  const unknown = receiver === undefined ? [] : unknownReceiver(receiver, [...path, 'receiver'], checking)
  if (channel === undefined || unknown.length > 0) return unknown
  const { problem, observed } = checking
  if (receiver === undefined) return [problem([...path, 'channel'], `nobody is named who is to be told by ${channel}`, 'add the receiver')]
  const known = observed.channels[receiver] ?? []
  if (known.includes(channel)) return []
  const others = known.length > 0 ? `; it is told by ${known.join(' and ')}` : ''
  return [problem([...path, 'channel'], `${receiver} is not told by ${channel}${others}`, 'write another channel, or add it to the receiver in alertmanager.yml')]
}
