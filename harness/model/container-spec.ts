// What only a container needs of a service, and a plain process does without.

/** As Compose writes it; durations such as 2s. */
export interface HealthCheck {
  readonly test: readonly string[]
  readonly interval?: string | undefined
  readonly timeout?: string | undefined
  readonly startPeriod?: string | undefined
  readonly retries?: number | undefined
}

/** What only a container needs of a service; the local runtime passes it over. Texts with `${VAR:-default}` not yet substituted. */
export interface ContainerSpec {
  readonly build?: { readonly context: string; readonly dockerfile?: string; readonly target?: string; readonly args?: Readonly<Record<string, string>> }
  /** A text is split as a shell would; a list is taken as it is. */
  readonly command?: string | readonly string[]
  readonly entrypoint?: string | readonly string[]
  readonly user?: string
  readonly workingDir?: string
  readonly hostname?: string
  readonly platform?: string
  readonly pullPolicy?: string
  readonly readOnly: boolean
  readonly tmpfs: readonly string[]
  readonly capDrop: readonly string[]
  readonly securityOpt: readonly string[]
  readonly extraHosts: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly memory?: string
  readonly cpus?: string
  /** As Compose would have it; the harness itself restarts nothing by itself. */
  readonly restart?: string | undefined
  /** Those of Compose; every service of a run is on one and the same. */
  readonly networks?: readonly string[] | undefined
  readonly shmSize?: string
  readonly stopGracePeriod?: string
  readonly stopSignal?: string
  /** Whether a small init of the engine's runs as process 1. */
  readonly init?: boolean
  readonly healthcheck?: HealthCheck | undefined
  /** Named volume -> container path. */
  readonly volumes: readonly { readonly name: string; readonly target: string }[]
}
