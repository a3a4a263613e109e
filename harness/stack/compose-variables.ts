// Variable substitution of Compose: ${VAR}, ${VAR:-default}, ${VAR-default}, ${VAR:?why}, ${VAR?why}, ${VAR:+other}, ${VAR+other}, $VAR and $$.
import { HarnessError } from '../errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/
const OPERATOR = /^:?[-?+]/

/** The text with its variables filled in; what is not set is empty, as in Compose. Throws COMPOSE_INVALID. */
export function substitute(text: string, env: Environment): string {
  const dollar = text.indexOf('$')
  if (dollar < 0) return text
  const [value, rest] = replacement(text.slice(dollar + 1), env)
  return text.slice(0, dollar) + value + substitute(rest, env)
}

/** Why Compose would refuse the text, or undefined. A variable that must be set is no mistake of the text. */
export function variableMistake(text: string): string | undefined {
  try {
    substitute(text, {})
    return undefined
  } catch (thrown) {
    if (thrown instanceof HarnessError) return thrown.message.startsWith('variable ') ? undefined : thrown.message
    throw thrown
  }
}

/** What stands after a dollar sign: its value and the text behind it. */
function replacement(text: string, env: Environment): readonly [string, string] {
  if (text.startsWith('$')) return ['$', text.slice(1)]
  const bare = NAME.exec(text)?.[0]
  if (bare !== undefined) return [env[bare] ?? '', text.slice(bare.length)]
  const end = text.startsWith('{') ? closing(text) : -1
  if (end < 0)
    throw new HarnessError(
      'COMPOSE_INVALID',
      `$${text.slice(0, 20)} is no variable; a dollar sign itself is written $$`,
    )
  return [braced(text.slice(1, end), env), text.slice(end + 1)]
}

/** Where the brace that opens the text is closed; braces of nested variables are passed over. */
function closing(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{' && (at === 0 || text[at - 1] === '$')) depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return -1
}

function braced(inside: string, env: Environment): string {
  const name = NAME.exec(inside)?.[0] ?? ''
  const rest = inside.slice(name.length)
  const operator = OPERATOR.exec(rest)?.[0]
  if (name === '' || (operator === undefined && rest !== '')) {
    throw new HarnessError(
      'COMPOSE_INVALID',
      `\${${inside}} is no variable; write \${NAME} or \${NAME:-default}, or $\${ for the text itself`,
    )
  }
  const value = env[name]
  const absent = value === undefined || (operator?.startsWith(':') === true && value === '')
  const other = substitute(rest.slice(operator?.length ?? 0), env)
  if (operator?.endsWith('+')) return absent ? '' : other
  if (operator?.endsWith('?') && absent)
    throw new HarnessError('COMPOSE_INVALID', `variable ${name} must be set: ${other}`)
  return absent && operator?.endsWith('-') ? other : (value ?? '')
}
