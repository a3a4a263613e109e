// Pure tests run in parallel; live tests start real tools and run one file at a time, for the machine has two cores.
// The suites that prove the harness itself run once more on containers, and each reference service has its contract: see README, Tests.
import { defineConfig } from 'vitest/config'

const PARTS = '{harness,alerts,chaos,compose,reports,scenarios}'
const exclude = ['reports/runs/**']
/** A busy machine may keep a live test from its deadline once; the reporter below names each that needed a second try. */
const oneByOne = { exclude, fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000, retry: 1 }
/** Those whose subject is a whole run: the same files, on the other runtime. */
const WHOLE_RUNS = 'harness/run/{sabotage,kill,command-line,nothing-dies}.live.test.ts'
/** What each reference service answers, and keeps when it is killed. */
const SERVICES = 'compose/services/**/*.live.test.ts'
/** A title of theirs that says what a route answers has to be true. */
const HELD_TO_TITLES = 'compose/services/testing/watch-answers.ts'
/** Nothing of these goes without an engine. */
const ON_CONTAINERS = `${PARTS}/**/*.containers.test.ts`

export default defineConfig({
  test: {
    reporters: ['default', './.ci/second-tries.mjs'],
    projects: [
      { test: { name: 'pure', include: [`${PARTS}/**/*.test.ts`], exclude: ['**/*.{live,containers}.test.ts', ...exclude] } },
      { test: { name: 'live', include: [`${PARTS}/**/*.live.test.ts`], ...oneByOne, exclude: [SERVICES, ...exclude], sequence: { groupOrder: 1 } } },
      { test: { name: 'services', include: [SERVICES], ...oneByOne, setupFiles: [HELD_TO_TITLES], sequence: { groupOrder: 3 } } },
      { test: { name: 'containers', include: [WHOLE_RUNS, ON_CONTAINERS], env: { HARNESS_TEST_RUNTIME: 'containers' }, ...oneByOne, sequence: { groupOrder: 2 } } },
    ],
  },
})
