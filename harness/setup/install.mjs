// Installs the dependencies as locked, and shows how far it is.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { lockedPackages, modules, root, say, SetupFailure } from './files.mjs'

const USUAL = 'usually 20 s to 2 min'

/** `npm ci`, with all kinds of dependencies whatever NODE_ENV says, and with what it has fetched shown as it goes. */
export async function install() {
  const total = lockedPackages().filter(([, entry]) => isForThisMachine(entry)).length
  say(`installing ${total} packages into node_modules (npm ci, ${USUAL})`)
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=http']
  const started = Date.now()
  const npm = spawn('npm', args, { cwd: root, env: cleanEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] })
  const words = follow(npm.stderr, total)
  const code = await endOf(npm)
  if (code === 0) return say(`installed in ${Math.round((Date.now() - started) / 1_000)} s`)
  const said = words.join('\n')
  throw new SetupFailure(`npm ci ended with ${code}:\n${said}\nto do: see that the npm registry answers, then: npm ci`)
}

async function endOf(npm) {
  try {
    const [code] = await once(npm, 'close')
    return code
  } catch (thrown) {
    throw new SetupFailure(`cannot run npm: ${thrown.message}\nto do: install npm 10 or later`)
  }
}

function isForThisMachine({ os, cpu }) {
  return fits(os, process.platform) && fits(cpu, process.arch)
}

/** npm's rule for os and cpu: absent fits all, "!x" excludes x. */
function fits(list, value) {
  if (list === undefined) return true
  return list.includes(value) || (list.every((word) => word.startsWith('!')) && !list.includes(`!${value}`))
}

/** npm replaces node_modules while it runs, so it must not itself run on the Node in there. */
export function cleanEnvironment() {
  const own = join(modules, '.bin')
  const path = (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== own)
  const ofCaller = /^npm_(lifecycle|package|command|node_execpath)/
  const kept = Object.entries(process.env).filter(([name]) => !ofCaller.test(name))
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) }
}

/** Counts fetched packages and shows every tenth of them; returns the last lines that are no fetch, for a failure. */
function follow(stream, total) {
  const words = []
  let [rest, fetched] = ['', 0]
  stream.setEncoding('utf8').on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (/^npm http .*\.tgz /.test(line)) showShare((fetched += 1), total)
      else if (!/^npm (?:http|warn EBADENGINE|notice)/.test(line) && words.push(line) > 20) words.shift()
    }
  })
  return words
}

function showShare(fetched, total) {
  if (fetched % Math.ceil(total / 10) === 0) say(`fetched ${fetched} of ${total} packages`)
}
