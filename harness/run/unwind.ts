// Undoes what was done, newest first: the same path for success, error and Ctrl-C.
import { messageOf } from '../errors.ts'
import type { Happening } from '../model/entry.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'

interface Release {
  readonly what: string
  readonly within: number
  /** Gets a signal of its own deadline; never the one that ended the run. */
  readonly release: (signal: AbortSignal) => Promise<void>
}

export class Unwind {
  readonly #clock: Clock
  readonly #append: (happening: Happening) => void
  readonly #releases: Release[] = []

  constructor(clock: Clock, append: (happening: Happening) => void) {
    this.#clock = clock
    this.#append = append
  }

  /** Call on the line after the acquisition. Returns a function that releases now, once, out of turn. */
  register(release: Release): () => Promise<void> {
    this.#releases.push(release)
    return () => this.#releaseOne(release)
  }

  /** Names what has not been released yet, newest first. */
  left(): readonly string[] {
    return this.#releases.map(({ what }) => what).reverse()
  }

  /** Releases everything that is left. A release that fails is journaled and does not stop the others. */
  async run(): Promise<boolean> {
    let clean = true
    for (let next = this.#releases.at(-1); next; next = this.#releases.at(-1)) {
      clean = (await this.#releaseOne(next).then(() => true, () => false)) && clean
    }
    return clean
  }

  async #releaseOne(release: Release): Promise<void> {
    const at = this.#releases.indexOf(release)
    if (at < 0) return
    this.#releases.splice(at, 1)
    const began = this.#clock.now()
    try {
      await withDeadline({ clock: this.#clock, within: release.within, what: `${release.what} to be released` }, release.release)
      this.#append({ type: 'released', what: release.what, ms: this.#clock.now() - began })
    } catch (thrown) {
      this.#append({ type: 'release-failed', what: release.what, message: messageOf(thrown) })
      throw thrown
    }
  }
}
