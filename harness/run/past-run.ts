// A run that is over, read back from its journal on disk.
export { readRun as readPastRun } from '../journal/read.ts'
