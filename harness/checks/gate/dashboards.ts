// Would somebody who opens a dashboard see anything?
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const dashboards: GateJudge<'dashboards'> = {
  describe: ({ dashboards: wanted, panels }) => `${wanted} dashboards or more with ${panels} panels or more load, and every panel has a query that parses, data and a unit`,
  judge: byLooks('dashboards', ({ dashboards: wanted, panels }, value) => {
    const all = value.flatMap((one) => one.panels.map((panel) => ({ ...panel, name: `${one.title} / ${panel.title}` })))
    const wrong = [
      ...(value.length < wanted ? [`${count(value.length, 'dashboard')}, wanted ${wanted}`] : []),
      ...(all.length < panels ? [`${count(all.length, 'panel')}, wanted ${panels}`] : []),
      ...value.filter(({ loads }) => !loads).map(({ title }) => `${title} is not provisioned`),
      ...all.filter(({ parses }) => !parses).map(({ name }) => `the query of ${name} does not parse`),
      ...all.filter(({ parses, data }) => parses && !data).map(({ name }) => `${name} shows nothing`),
      ...all.filter(({ unit }) => !unit).map(({ name }) => `${name} has no unit`),
    ]
    return tally({ wrong, good: `${count(value.length, 'dashboard')} with ${count(all.length, 'panel')}, all with data` })
  }),
}
