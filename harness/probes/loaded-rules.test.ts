// Intervals from the configuration Prometheus says it runs.
import { expect, test } from 'vitest'
import { longestScrape } from './loaded-rules.ts'

test('the longest interval of the jobs counts, not the global one', () => {
  const yaml = 'global: {scrape_interval: 1m}\nscrape_configs:\n- {job_name: a, scrape_interval: 250ms}\n- {job_name: b, scrape_interval: 15s}'
  expect(longestScrape(yaml)).toBe(15_000)
})

test('a job without an interval takes the global one', () => {
  expect(longestScrape('global: {scrape_interval: 1m30s}\nscrape_configs: [{job_name: a}, {job_name: b, scrape_interval: 5s}]')).toBe(90_000)
})

test('without jobs the global interval counts, without that the default', () => {
  expect(longestScrape('global: {scrape_interval: 10s}\nscrape_configs:')).toBe(10_000)
  expect(longestScrape('')).toBe(60_000)
})

test.each(['- a list', 'global: {scrape_interval: soon}', 'global: [', '"text"'])('%s is refused', (yaml) => {
  expect(() => longestScrape(yaml)).toThrow()
})
