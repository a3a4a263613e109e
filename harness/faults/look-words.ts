// Says what a look saw, in words a report can quote.
import { humanBytes } from '../model/bytes.ts'
import type { Room } from '../model/engine.ts'
import type { ScriptSight } from '../model/script.ts'
import type { CpuSpell, MemoryHeld, Sight } from './fault-kind.ts'

/** `first byte after 1 502 ms, 312 bytes in 2 chunks by 1 510 ms, closed 1 ms later; running; held back in 9 of 10 periods, ...`. */
export function sayLook(look: Sight): string {
  return [
    OUTCOMES[look.outcome](look),
    ...(look.status === undefined ? [] : [`status ${look.status}`]),
    ...(look.said === undefined ? [] : [`${look.said.found ? 'says' : 'does not say'} \`${look.said.text}\``]),
    ...(look.state === undefined ? [] : [look.state]),
    ...(look.cpu === undefined ? [] : [sayCpu(look.cpu)]),
    ...(look.memory === undefined ? [] : [sayMemory(look.memory)]),
    ...(look.room === undefined ? [] : [sayRoom(look.room)]),
    ...(look.script === undefined ? [] : [sayScript(look.script)]),
  ].join('; ')
}

function sayCpu({ ms: lasted, cpuMs, periods, throttledPeriods }: CpuSpell): string {
  const held = periods === 0 ? 'no CPU limit was felt' : `held back in ${throttledPeriods} of ${periods} periods`
  return `${held}, ${ms(cpuMs)} of CPU time in ${ms(lasted)}`
}

function sayMemory({ bytes, limitBytes, oomKilled, isOnlyTold }: MemoryHeld): string {
  if (oomKilled) return 'killed by the kernel for want of memory'
  if (isOnlyTold && limitBytes !== undefined) return `holds ${humanBytes(bytes)}, and is told that it may hold ${humanBytes(limitBytes)}`
  return `holds ${humanBytes(bytes)}, ${limitBytes === undefined ? 'without a limit' : `the limit is ${humanBytes(limitBytes)}`}`
}

function sayRoom({ sizeBytes, freeBytes }: Room): string {
  return `${humanBytes(freeBytes)} of ${humanBytes(sizeBytes)} free`
}

/** What it says itself; of one that ended without a goodbye, why. */
function sayScript({ running, bites, gone, lines }: ScriptSight): string {
  if (running) return `its program says: ${bites ?? 'nothing yet'}`
  if (gone !== undefined) return `its program has ended: ${gone}`
  return lines.length === 0 ? 'no program runs' : `its program has ended: ${lines.join(' | ')}`
}

const OUTCOMES: Readonly<Record<Sight['outcome'], (look: Sight) => string>> = {
  answered: (look) =>
    look.closeMs === undefined
      ? `${answer(look)}, still open at the end of the look`
      : `${answer(look)}, closed ${ms(look.closeMs)} later`,
  reset: (look) =>
    look.bytes > 0 ? `${answer(look)}, then reset` : `connection reset after ${ms(look.totalMs)}, no byte`,
  refused: () => 'connection refused',
  closed: (look) => `connection closed after ${ms(look.totalMs)}, no byte`,
  silent: (look) =>
    look.connectMs === undefined
      ? `no connection within ${ms(look.totalMs)}`
      : `connected, no byte within ${ms(look.totalMs)}`,
}

function answer(look: Sight): string {
  const chunks = `${number(look.chunks)} ${look.chunks === 1 ? 'chunk' : 'chunks'}`
  const bytes = `${number(look.bytes)} ${look.bytes === 1 ? 'byte' : 'bytes'}`
  return `first byte after ${ms(look.firstByteMs ?? NaN)}, ${bytes} in ${chunks} by ${ms(look.totalMs)}`
}

function ms(value: number): string {
  return `${number(Math.round(value))} ms`
}

/** 1502 -> 1 502. */
function number(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ')
}
