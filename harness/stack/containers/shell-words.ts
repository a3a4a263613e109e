// A command that is written as one text, taken apart as a shell would and Compose does: quotes and backslashes, nothing else.
import { HarnessError } from '../../errors.ts'

const PIECE = /\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"|(\s+)|([^\s\\'"]+)/gsy

/** `sh -c "echo $1"` -> ['sh', '-c', 'echo $1']. A list is taken as it is. COMPOSE_INVALID for a quote that is not closed. */
export function shellWords(command: string | readonly string[]): readonly string[] {
  if (typeof command !== 'string') return command
  const words: string[] = []
  let word: string | undefined
  let end = 0
  for (const match of command.matchAll(PIECE)) {
    const [piece, escaped, single, double, space, bare] = match
    end = match.index + piece.length
    if (space === undefined) word = (word ?? '') + (escaped ?? single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? bare)
    else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  if (end !== command.length) throw new HarnessError('COMPOSE_INVALID', `a quote is not closed, or a backslash stands last, in: ${command}`)
  return word === undefined ? words : [...words, word]
}
