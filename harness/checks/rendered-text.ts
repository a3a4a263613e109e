// Whether a notification reads as it should: a template whose field came to nothing leaves a mark.
import type { Delivered } from './alert-sight.ts'

/** What Go's templates and ours make of nothing: `<no value>`, an empty list, a name with nothing behind it (nor a list below). */
const GAPS: readonly { readonly mark: RegExp; say(match: string): string }[] = [
  { mark: /<no value>|<nil>/, say: (match) => match },
  { mark: /(?:^|\s)\[\](?=\s|$)/m, say: () => 'an empty list, []' },
  { mark: /^[ \t]*[*_]*[A-Za-z]+[*_]*:[*_ \t]*$(?!\n[ \t]*[-•]|\n[ \t]+\S)/m, say: (match) => `nothing after ${match.trim()}` },
]

/** What is empty in a notification as a person reads it; undefined when nothing is, or when its text is not on record. */
export function gapIn({ channel, text, notification }: Pick<Delivered, 'channel' | 'text' | 'notification'>): string | undefined {
  if (text === undefined) return undefined
  if (text.split('\n')[0]?.trim() === '') return channel === 'webhook' ? 'no summary' : 'no title'
  if (channel === 'webhook' && (notification.annotations.summary ?? '').trim() === '') return 'no summary'
  return GAPS.flatMap(({ mark, say }) => {
    const [match] = mark.exec(text) ?? []
    return match === undefined ? [] : [say(match)]
  })[0]
}
