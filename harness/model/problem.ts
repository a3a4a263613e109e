// A mistake in a file of ours, found before anything starts.
import { relative } from 'node:path'

export interface Problem {
  readonly file: string
  readonly line: number
  /** What is wrong. */
  readonly what: string
  /** How to mend it. */
  readonly fix: string
}

/** `chaos/x.yaml:7: no edge sample->postgress. Fix: did you mean sample->postgres?` */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.what}. Fix: ${problem.fix}`
}

/** Problems in the order in which an author meets them: by file, lines ascending. */
export function byLine(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
}

/** A file as people name it: from the working directory when it lies below. */
export function shownFile(file: string): string {
  const short = relative('.', file)
  return short === '' || short.startsWith('..') ? file : short
}
