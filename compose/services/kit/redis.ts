// Runs commands on Redis: each is a span and a count, each has a deadline, and none is queued while Redis is away.
import { Redis, ReplyError, type RedisOptions } from 'ioredis'
import { Counter } from 'prom-client'
import type { Metrics } from './metrics.ts'
import { RedisUnavailable } from './redis-unavailable.ts'
import { address, duration, type Shape } from './settings.ts'
import { inClientSpan } from './span.ts'

/** Settings of a service that uses Redis; times in ms. */
export interface RedisSettings {
  readonly redisUrl: string
  readonly redisTimeout: number
  readonly redisConnectTimeout: number
}

/** How they are read; REDIS_URL must be set where there is no `fallback`. */
export function redisSettings(fallback?: string): Shape<RedisSettings> {
  return {
    redisUrl: address('REDIS_URL', ['redis', 'rediss'], fallback),
    redisTimeout: duration('REDIS_TIMEOUT', '2s'),
    redisConnectTimeout: duration('REDIS_CONNECT_TIMEOUT', '2s'),
  }
}

/** A command and its arguments. */
export type RedisCommand = readonly [command: string, ...args: (string | number)[]]

/** One connection, made again whenever it was lost. */
export interface RedisConnection {
  /** Runs one command; rejects with RedisUnavailable, or with ReplyError when Redis itself refused. */
  run<T>(...command: RedisCommand): Promise<T>
  /** Runs all commands or none, with nothing between them; the replies in order. */
  together(commands: readonly RedisCommand[]): Promise<unknown[]>
  /** A connection of its own for commands that wait up to `block` ms for something to come. */
  forBlocking(block: number): RedisConnection
  stop(): Promise<void>
}

/** What a connection reports to. */
export interface RedisObservers {
  readonly metrics: Metrics
  warn(message: string): void
}

/** True when Redis refused a command with an error of this kind, such as BUSYGROUP. */
export function refusedByRedis(error: unknown, kind: string): boolean {
  return error instanceof ReplyError && (error as Error).message.startsWith(kind)
}

type Observe = <T>(command: RedisCommand, work: () => Promise<T>) => Promise<T>

/** Opens a connection and does not wait for it. `warn` hears once of each loss. */
export function openRedis(settings: RedisSettings, { metrics, warn }: RedisObservers): RedisConnection {
  const observe = commandObserver(metrics)
  const open = (patience: number): RedisConnection => {
    const client = createClient(settings, patience, warn)
    return {
      run: <T>(...command: RedisCommand) => observe(command, () => client.call(...asList(command)) as Promise<T>),
      together: (commands) => observe(['MULTI', String(commands[0]?.[1] ?? '')], () => transact(client, commands)),
      forBlocking: (block) => open(settings.redisTimeout + block),
      stop: async () => client.disconnect(),
    }
  }
  return open(settings.redisTimeout)
}

function asList([command, ...args]: RedisCommand): [string, ...(string | number)[]] {
  return [command, ...args]
}

/** `patience` (ms) bounds the silence after a command; a connection that stays silent longer is given up. */
function createClient(settings: RedisSettings, patience: number, warn: (message: string) => void): Redis {
  const options: RedisOptions = {
    protocol: 2,
    connectTimeout: settings.redisConnectTimeout,
    socketTimeout: patience,
    commandTimeout: patience,
    // A command is refused at once while there is no connection, and never sent twice.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1000),
  }
  const client = new Redis(settings.redisUrl, options)
  let told = false
  client.on('error', (error: Error) => {
    if (!told) warn(`no connection to Redis: ${error.message}`)
    told = true
  })
  client.on('ready', () => {
    told = false
  })
  return client
}

function commandObserver({ service, registry }: Metrics): Observe {
  const total = new Counter({
    name: 'redis_commands_total',
    help: 'Commands sent to Redis, failed ones included.',
    labelNames: ['service', 'command'],
    registers: [registry],
  })
  return ([command, key], work) => {
    total.inc({ service, command: command.toLowerCase() })
    const attributes = {
      'peer.service': 'redis',
      'db.system.name': 'redis',
      'db.operation.name': command,
      'db.query.text': key === undefined ? command : `${command} ${key} ...`,
    }
    return inClientSpan({ name: command, attributes }, () => orUnavailable(work))
  }
}

async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ReplyError) throw error
    throw new RedisUnavailable(`no answer from Redis: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}

/** A transaction that Redis refuses reports the refusal of its first command. */
async function transact(client: Redis, commands: readonly RedisCommand[]): Promise<unknown[]> {
  const transaction = client.multi()
  for (const command of commands) transaction.call(...asList(command))
  const replies = await transaction.exec()
  if (replies === null) throw new RedisUnavailable('the transaction was given up')
  return replies.map(([error, reply]) => {
    if (error !== null) throw error
    return reply
  })
}
