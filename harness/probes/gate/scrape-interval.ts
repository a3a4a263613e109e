// How far apart the samples are that Prometheus keeps of each service: real time, whatever its configuration says.
import type { PointSeries } from '../../model/evidence.ts'
import { FLOOR_MS } from '../../time/accelerate-duration.ts'
import { observe } from '../probe.ts'
import { prometheusOf } from '../prometheus-api.ts'
import type { GateProbe } from './gate-probe.ts'
import { loadWindow } from './prometheus-window.ts'

/** Of a service with several targets the one that is looked at least often. */
export const scrapeInterval: GateProbe<'scrape-interval'> = ({ services }, scene) => {
  const how = { acceleration: scene.acceleration, floorMs: FLOOR_MS.scrape }
  return observe(scene.signal, { ...how, services: [] }, async () => {
    const up = await prometheusOf(scene).samples('up', await loadWindow(scene))
    const own = (service: string) => up.filter(({ labels }) => (labels.service ?? labels.job) === service)
    const seen = services.flatMap((service) => {
      const rarest = own(service).map(spacingOf).toSorted((a, b) => b.medianMs - a.medianMs)[0]
      return rarest === undefined ? [] : [{ service, ...rarest }]
    })
    return { value: { ...how, services: seen } }
  })
}

/** Of fewer than two samples nothing can be said: 0. */
function spacingOf({ points }: PointSeries): { samples: number; medianMs: number } {
  const gaps = points.slice(1).map(([t], index) => t - (points[index]?.[0] ?? t)).toSorted((a, b) => a - b)
  return { samples: points.length, medianMs: gaps[Math.floor(gaps.length / 2)] ?? 0 }
}
