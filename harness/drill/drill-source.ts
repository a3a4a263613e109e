// Finds the lines of a drill written in TypeScript: its literal is read as the YAML it almost is.
import { locate } from '../model/located.ts'
import type { Located } from '../model/located.ts'

const EXPORT = /^export default/m

/**
 * A drill is data, and an object literal of data is a flow mapping of YAML once its comments are. Only lines are taken from here,
 * never values; what cannot be found (a spread, a constant from elsewhere) is reported at the line of `export default`.
 */
export function locateTypeScript(file: string, text: string, value: unknown): Located {
  const start = EXPORT.exec(text)?.index ?? 0
  const exported = text.slice(0, start).split('\n').length
  const end = text.lastIndexOf('satisfies')
  const literal = text.slice(start, end > start ? end : text.length).replace(EXPORT, '              ')
  const located = locate(file, '\n'.repeat(exported - 1) + withYamlComments(literal))
  return {
    file,
    value,
    problems: [],
    lineOf: (path) => (located.problems.length > 0 ? exported : Math.max(exported, located.lineOf(path))),
  }
}

/** Comments as YAML writes them. A double slash inside a text follows no space (`http://`), so only real comments are met. */
function withYamlComments(literal: string): string {
  return literal
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s,{[])\/\//gm, '$1 #')
}
