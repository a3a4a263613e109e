// What the rest of the harness may use of the toolchain.
export { type EnsureOptions, ensureTools } from './ensure.ts'
export { type HostCheck, inspectHost } from './inspect-host.ts'
export { inspectTools, type InspectOptions, type ToolStatus } from './inspect.ts'
export { describeProgress, plainProgress, type ToolProgress } from './progress.ts'
export { claimPublicDirectory, type Identity, locatePublicDirectory, unprivileged } from './public-directory.ts'
