// Would somebody who opens a dashboard see anything?
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

const because = (why: string | undefined): string => (why === undefined ? '' : `: ${why}`)

export const dashboards: GateJudge<'dashboards'> = {
  describe: ({ dashboards: wanted, panels }) => `${wanted} dashboards or more with ${panels} panels or more load, and every panel has a query that parses, data and a unit`,
  judge: byLooks('dashboards', ({ dashboards: wanted, panels }, value) => {
    const all = value.flatMap((one) => one.panels.map((panel) => ({ ...panel, name: `${one.title} / ${panel.title}` })))
    const wrong = [
      ...(value.length < wanted ? [`${count(value.length, 'dashboard')}, wanted ${wanted}`] : []),
      ...(all.length < panels ? [`${count(all.length, 'panel')}, wanted ${panels}`] : []),
      ...value.filter(({ loads }) => !loads).map(({ title, why }) => `${title} does not load${because(why)}`),
      ...all.filter(({ parses }) => !parses).map(({ name, why }) => `the query of ${name} does not parse${because(why)}`),
      ...all.filter(({ parses, data }) => parses && !data).map(({ name, why }) => `${name} shows nothing${because(why)}`),
      ...all.filter(({ unit }) => !unit).map(({ name }) => `${name} has no unit`),
    ]
    return tally({ wrong, good: `${count(value.length, 'dashboard')} with ${count(all.length, 'panel')}, all with data` })
  }),
}
