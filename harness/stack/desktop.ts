// Opens a file where somebody sits in front of a desktop.
import { spawn } from 'node:child_process'

type Environment = Readonly<Record<string, string | undefined>>

/** The program that opens files; undefined where there is no desktop to open them on. */
export function openerOf(platform: NodeJS.Platform, env: Environment): string | undefined {
  if (platform === 'darwin') return 'open'
  const shown = Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
  return platform === 'linux' && shown ? 'xdg-open' : undefined
}

/** Whether it was handed over; what became of it is between the desktop and its user. */
export function openOnDesktop(path: string, env: Environment, opener = openerOf(process.platform, env)): Promise<boolean> {
  if (opener === undefined) return Promise.resolve(false)
  return new Promise((resolve) => {
    const child = spawn(opener, [path], { env: { ...env }, detached: true, stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
