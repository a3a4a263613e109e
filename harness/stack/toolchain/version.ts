// Versions as programs print them: read one from a program's output, and tell whether it is new enough.

/** The version in `text`, or undefined when the pattern finds none. Group 1 of the pattern is the version. */
export function parseVersion(text: string, pattern: string): string | undefined {
  return new RegExp(pattern).exec(text)?.[1]
}

/** Negative, 0 or positive as `a` is older, equal or newer than `b`. Pre-releases count, packaging suffixes do not. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(isPreRelease(b)) - Number(isPreRelease(a))
}

/** Whether `version` is at least `minimum`; undefined never is. */
export function isAtLeast(version: string | undefined, minimum: string): boolean {
  return version !== undefined && compareVersions(version, minimum) >= 0
}

function numbersOf(version: string): number[] {
  const digits = /\d+(?:\.\d+)*/.exec(version.replace(/^\d+:/, ''))?.[0] ?? '0'
  return digits.split('.').map(Number)
}

function isPreRelease(version: string): boolean {
  return /[-~](?:alpha|beta|rc|dev|pre)/i.test(version)
}
