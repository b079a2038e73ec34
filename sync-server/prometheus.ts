import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from './http.ts'
import type { SyncMetrics } from './metrics.ts'
import type { Services } from './services.ts'

export interface Prometheus {
  readonly contentType: string
  text(): Promise<string>
}

/** Numbers of the core that go up and down; the others only go up. */
const gauges: readonly string[] = ['sessions', 'stockSessions', 'channels', 'rowsWaiting', 'holding']

/** The counters of the core and of HTTP as Prometheus reads them. Never anything about one person, space or page. */
export function openPrometheus(app: App, services: Pick<Services, 'syncServer'>): Prometheus {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const key of numberKeys(services.syncServer.metrics)) addCoreMetric(registry, key, services.syncServer.metrics)
  registry.registerMetric(refusals(services.syncServer.metrics))
  timeRequests(app, registry)
  return { contentType: registry.contentType, text: () => registry.metrics() }
}

type NumberKey = { [K in keyof SyncMetrics]: SyncMetrics[K] extends number ? K : never }[keyof SyncMetrics]

function numberKeys(metrics: SyncMetrics): readonly NumberKey[] {
  return (Object.keys(metrics) as (keyof SyncMetrics)[]).filter(
    (key): key is NumberKey => typeof metrics[key] === 'number',
  )
}

function addCoreMetric(registry: Registry, key: NumberKey, metrics: SyncMetrics): void {
  const isGauge = gauges.includes(key)
  const name = `plein_${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}${isGauge ? '' : '_total'}`
  registry.registerMetric(isGauge ? gaugeOf(name, key, metrics) : counterOf(name, key, metrics))
}

function gaugeOf(name: string, key: NumberKey, metrics: SyncMetrics): Gauge {
  return new Gauge({
    name,
    help: `Sync core: ${key}`,
    registers: [],
    collect() {
      this.set(metrics[key])
    },
  })
}

function counterOf(name: string, key: NumberKey, metrics: SyncMetrics): Counter {
  return new Counter({
    name,
    help: `Sync core: ${key}`,
    registers: [],
    collect() {
      this.reset()
      this.inc(metrics[key])
    },
  })
}

function refusals(metrics: SyncMetrics): Counter<'reason'> {
  return new Counter({
    name: 'plein_rows_refused_total',
    help: 'Rows refused, by reason',
    labelNames: ['reason'],
    registers: [],
    collect() {
      this.reset()
      for (const [reason, count] of Object.entries(metrics.rowsRefused)) this.inc({ reason }, count)
    },
  })
}

function timeRequests(app: App, registry: Registry): void {
  const seconds = new Histogram({
    name: 'plein_http_request_seconds',
    help: 'Time of HTTP requests, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
}
