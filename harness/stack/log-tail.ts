// The newest lines of a log file, without reading all of it.
import { open } from 'node:fs/promises'

const LARGEST_TAIL = 1_048_576

/** At most `most` whole lines, the oldest of them first; none of a file that is not there. */
export async function tailOf(file: string, most: number): Promise<readonly string[]> {
  const handle = await open(file).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return undefined
    throw thrown
  })
  if (handle === undefined) return []
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - LARGEST_TAIL)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    return wholeLines(buffer.toString('utf8', 0, bytesRead), from > 0).slice(-most)
  } finally {
    await handle.close()
  }
}

/** What is still being written has no end yet, and what the tail begins with may lack its beginning. */
function wholeLines(text: string, isCut: boolean): readonly string[] {
  return text.split('\n').slice(isCut ? 1 : 0, -1).filter((line) => line.trim() !== '')
}
