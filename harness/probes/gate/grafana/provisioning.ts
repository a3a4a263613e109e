// What Grafana would find when it starts: its datasources, the folders of dashboards it is pointed to, and what lies in them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { messageOf } from '../../../errors.ts'
import { readDashboard } from './dashboard.ts'
import type { Dashboard } from './dashboard.ts'

/** Where Grafana's own container has its configuration; the folder that a stack names stands for it. */
const MOUNTED = '/etc/grafana'

const datasource = z.object({
  name: z.string(),
  uid: z.string().optional(),
  type: z.string(),
  isDefault: z.boolean().default(false),
  jsonData: z.object({ timeInterval: z.string().optional() }).nullish(),
})
export type Datasource = z.infer<typeof datasource>
const provider = z.object({ folder: z.string().default(''), options: z.object({ path: z.string() }) })

export interface DashboardFile {
  /** From the folder. */
  readonly file: string
  /** The folder of Grafana in which it appears, for each provider that points to it. */
  readonly folders: readonly string[]
  readonly dashboard?: Dashboard
  /** Why there is none. */
  readonly broken?: string
}

export interface Provisioning {
  readonly datasources: readonly Datasource[]
  readonly files: readonly DashboardFile[]
}

/** Throws where Grafana would not start for want of a file that it can read. */
export function readProvisioning(directory: string): Provisioning {
  const datasources = entriesOf(join(directory, 'provisioning/datasources'), z.object({ datasources: z.array(datasource).default([]) }))
  const providers = entriesOf(join(directory, 'provisioning/dashboards'), z.object({ providers: z.array(provider).default([]) }))
  const points = providers.flatMap((one) => one.providers)
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).toSorted()
  const foldersOf = (name: string) => points.filter(({ options }) => isUnder(name, options.path)).map(({ folder }) => folder)
  return {
    datasources: datasources.flatMap((one) => one.datasources),
    files: names.map((name) => ({ file: name, folders: foldersOf(name), ...readOne(join(directory, name)) })),
  }
}

function entriesOf<T>(folder: string, shape: z.ZodType<T>): readonly T[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).toSorted()
  return files.map((name) => {
    const read = shape.safeParse(parse(readFileSync(join(folder, name), 'utf8')) ?? {})
    if (read.success) return read.data
    throw new Error(`Grafana cannot read ${name}: ${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`)
  })
}

/** Whether a file of the folder is under a path inside Grafana's container. */
function isUnder(name: string, path: string): boolean {
  const way = relative(path, join(MOUNTED, name))
  return way !== '' && !way.startsWith('..')
}

function readOne(path: string): Pick<DashboardFile, 'dashboard' | 'broken'> {
  try {
    return { dashboard: readDashboard(readFileSync(path, 'utf8')) }
  } catch (thrown) {
    return { broken: messageOf(thrown) }
  }
}
