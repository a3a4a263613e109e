// Looks at files without being upset that they are not there.
import { stat } from 'node:fs/promises'

/** Size in bytes of an executable file, links followed; undefined when there is none or it may not be executed. */
export async function executableSize(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() && (found.mode & 0o111) !== 0 ? found.size : undefined
  } catch (thrown) {
    if (isAbsent(thrown)) return undefined
    throw thrown
  }
}

/** Whether an error says that a path is not there, or lies behind a directory that we may not read. */
export function isAbsent(thrown: unknown): boolean {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'ELOOP'
}
