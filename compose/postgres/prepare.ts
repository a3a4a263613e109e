// Makes a Postgres data directory ready before the server starts: initdb, superuser password, database, SQL files.
// Single-user mode only: no second server, no socket, no password on a command line. Writes nowhere but in PGDATA.
import { spawn } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What is prepared, read from the environment. */
interface Wanted {
  readonly data: string
  readonly initdb: string
  readonly postgres: string
  readonly user: string
  readonly password: string
  readonly database: string
  readonly sql: string
}

/** Written last; a directory without it was left half done and is finished by the next run. */
const DONE = 'prepared'
/** Everyone proves who they are, wherever they come from; there is no trusted local socket. */
const HBA = 'host all all all scram-sha-256\n'

function readWanted(env: NodeJS.ProcessEnv): Wanted {
  const missing = ['PGDATA', 'INITDB', 'POSTGRES_PASSWORD'].filter((name) => (env[name] ?? '') === '')
  if (missing.length > 0) throw new Error(`not set: ${missing.join(', ')}`)
  const { PGDATA = '', INITDB = '', POSTGRES_PASSWORD = '', POSTGRES_USER = 'postgres' } = env
  return {
    data: PGDATA,
    initdb: INITDB,
    postgres: env.POSTGRES_BIN ?? join(dirname(INITDB), 'postgres'),
    user: POSTGRES_USER,
    password: POSTGRES_PASSWORD,
    database: env.POSTGRES_DB ?? POSTGRES_USER,
    sql: env.INIT_SQL_DIR ?? import.meta.dirname,
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}

/** Postgres refuses to run as root; RUN_AS is the user id it runs as instead, and PGDATA belongs to that user. */
function unprivileged() {
  const id = Number(process.env.RUN_AS ?? Number.NaN)
  return process.getuid?.() === 0 && Number.isInteger(id) ? { uid: id, gid: id } : {}
}

/** Runs a program to its end; its output is shown only when it fails. */
function run(command: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'pipe', cwd: process.env.PGDATA, ...unprivileged() })
    let output = ''
    const keep = (chunk: Buffer): void => void (output += chunk.toString())
    for (const stream of [child.stdout, child.stderr]) stream.on('data', keep)
    child.on('error', reject)
    child.stdin.on('error', (error) => (output += `${error.message}\n`))
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${command} ended with ${code ?? signal}:\n${output.trim()}`))
    })
    child.stdin.end(input)
  })
}

async function makeCluster({ initdb, data, user }: Wanted): Promise<void> {
  const access = ['--auth-local=reject', '--auth-host=scram-sha-256']
  const text = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8']
  await run(initdb, ['-D', data, '-U', user, '--no-sync', '--no-instructions', ...access, ...text], '')
  await writeFile(join(data, 'pg_hba.conf'), HBA)
}

/** With -j a statement ends at a semicolon followed by an empty line; the first error ends the run. */
function single({ postgres, data }: Wanted, database: string, sql: string): Promise<string> {
  const settings = ['-c', 'exit_on_error=on', '-c', 'log_min_messages=error', '-c', 'fsync=off']
  return run(postgres, ['--single', '-j', ...settings, '-D', data, database], `${sql}\n`)
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function identifier(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

async function makeDatabase(wanted: Wanted): Promise<void> {
  const { user, password, database, postgres, data } = wanted
  await single(wanted, 'postgres', `alter role ${identifier(user)} password ${literal(password)};\n\n`)
  const known = await run(postgres, ['--single', '-D', data, 'postgres'], 'select datname from pg_database\n')
  if (known.includes(`datname = "${database}"`)) return
  await single(wanted, 'postgres', `create database ${identifier(database)};\n\n`)
}

async function runFiles(wanted: Wanted): Promise<void> {
  const names = (await readdir(wanted.sql)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) {
    const sql = await readFile(join(wanted.sql, name), 'utf8')
    await single(wanted, wanted.database, sql)
  }
}

/** Prepares the directory; doing it again changes nothing. */
async function prepare(wanted: Wanted): Promise<void> {
  if (await exists(join(wanted.data, DONE))) return
  if (!(await exists(join(wanted.data, 'PG_VERSION')))) await makeCluster(wanted)
  await makeDatabase(wanted)
  await runFiles(wanted)
  await writeFile(join(wanted.data, DONE), `${new Date().toISOString()}\n`)
}

try {
  await prepare(readWanted(process.env))
} catch (error) {
  process.stderr.write(`postgres cannot be prepared: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
