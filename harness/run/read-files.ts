// Reads everything a run is made of: the stack from its compose files, then all content the stack points to.
import { readContent } from '../drill/read-content.ts'
import type { ContentRead } from '../drill/read-content.ts'
import { readStack } from '../stack/compose-file.ts'

/** `extra` are drill files that were named by their path. */
export function readFiles(files: readonly string[], extra: readonly string[] = []): Promise<ContentRead> {
  return readContent(readStack(files), extra)
}
