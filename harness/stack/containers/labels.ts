// The marks by which everything that a run has in an engine is found again, whoever looks.

/** On every container, network and volume of a run: its id. */
export const RUN_LABEL = 'readiness-harness.run'
/** On the container of a service: its name. */
export const SERVICE_LABEL = 'readiness-harness.service'
