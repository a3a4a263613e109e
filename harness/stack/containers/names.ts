// What the things of a run are called in an engine. For people: they are found by their labels.

/** Also where the process looks that did not create it: the state of a run holds it. */
export function networkName(run: string): string {
  return `readiness-harness-${run}`
}

export function containerName(run: string, service: string): string {
  return `${run}-${service}`
}

export function volumeName(run: string, volume: string): string {
  return `readiness-harness-${run}-${volume}`
}
