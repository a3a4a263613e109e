// A tmpfs as Compose and the engine write it: /data:size=64m,mode=1777.
import { bytesOf } from './bytes.ts'
import { withDefaults } from './variable-defaults.ts'

export interface Tmpfs {
  readonly path: string
  /** Undefined where nothing limits it but the memory of the machine. */
  readonly sizeBytes: number | undefined
}

/** Variables count with their defaults: what the environment says instead is not known here. */
export function tmpfsOf(declaration: string): Tmpfs {
  const [path = '', options = ''] = splitOnce(withDefaults(declaration))
  return { path: trimmed(path), sizeBytes: sizeIn(options) }
}

/** `size=8m` among the options of a mount, in bytes; a percentage is a share of the machine and no size. */
export function sizeIn(options: string): number | undefined {
  const size = options.split(',').find((option) => option.startsWith('size='))
  return size === undefined ? undefined : bytesOf(size.slice('size='.length))
}

/** The same directory, written in one way. */
export function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path
}

function splitOnce(text: string): readonly string[] {
  const at = text.indexOf(':')
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
