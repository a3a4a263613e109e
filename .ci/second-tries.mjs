// Names the tests that passed only at their second try: on a busy machine one may, and nobody should have to guess which.
export default class SecondTries {
  onTestRunEnd(modules) {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { flaky, retryCount } = test.diagnostic() ?? {}
        if (flaky) console.log(`SECOND TRY ${module.relativeModuleId}: ${test.fullName} passed at try ${retryCount + 1}; first: ${firstLine(test)}`)
      }
    }
  }
}

function firstLine(test) {
  return (test.result().errors?.[0]?.message ?? 'no reason given').split('\n')[0]
}
