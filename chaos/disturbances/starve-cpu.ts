// Uses up the CPU time that nobody needs: the node has no idle time left, and the system hardly feels it. with:
//   share  of every CPU (1 when left out); below 1 it pauses for the rest of each 100 ms
// Everything it starts ends with it.
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { optionsOf, share } from './lib/told.ts'

const { share: wanted } = optionsOf(z.strictObject({ share: share.default(1) }))
const LOWEST = 19
const BURN = `
require('node:os').setPriority(${LOWEST})
const pause = new Int32Array(new SharedArrayBuffer(4))
for (;;) {
  const until = performance.now() + ${100 * wanted}
  while (performance.now() < until);
  if (${wanted} < 1) Atomics.wait(pause, 0, 0, ${100 * (1 - wanted)})
}`

const workers: Worker[] = []

/** Where the kernel groups processes by session, the priority of the group counts, and not that of its threads. */
function lowerGroup(): void {
  try {
    writeFileSync('/proc/self/autogroup', String(LOWEST))
  } catch {
    // no groups here
  }
}

function times() {
  const all = cpus().map((cpu) => cpu.times)
  const busy = all.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
  return { busy, idle: all.reduce((sum, { idle }) => sum + idle, 0) }
}

async function busyShare(): Promise<number> {
  const first = times()
  await sleep(750)
  const last = times()
  const busy = last.busy - first.busy
  return busy / Math.max(1, busy + last.idle - first.idle)
}

await disturb({
  begin: async () => {
    lowerGroup()
    for (let i = 0; i < availableParallelism(); i++) workers.push(new Worker(BURN, { eval: true }))
  },
  look: async () => {
    const busy = await busyShare()
    return { bites: `the CPUs of this machine are busy ${Math.round(100 * busy)} % of the time`, holds: busy >= 0.95 * wanted }
  },
  end: async () => {
    await Promise.all(workers.map((worker) => worker.terminate()))
    return `${workers.length} burners are ended`
  },
})
