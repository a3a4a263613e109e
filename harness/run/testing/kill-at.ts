// Preloaded into a harness process (--import): kills it with SIGKILL the moment line KILL_AT of its journal is on disk.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const mark = `"seq":${process.env.KILL_AT},`
const write = fs.writeSync as (...args: unknown[]) => number

fs.writeSync = ((...args: unknown[]) => {
  const written = write(...args)
  const text = Buffer.isBuffer(args[1]) ? args[1].toString('latin1', 0, 200) : String(args[1]).slice(0, 200)
  if (text.includes(mark)) process.kill(process.pid, 'SIGKILL')
  return written
}) as typeof fs.writeSync
syncBuiltinESMExports()
