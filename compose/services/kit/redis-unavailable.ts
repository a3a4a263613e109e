// Known to the server without loading a Redis client into services that use none.

/** Thrown when Redis gave no answer; what a command has done is then unknown. */
export class RedisUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'RedisUnavailable'
  }
}
