/** What the server counts and measures, in the words of Prometheus. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Census, RoomMeters } from './room/services.ts'

export interface Metrics extends RoomMeters {
  /** A socket is closed by the server, with a code of `closeCode`. */
  closed(code: number): void
  /** A request failed, with a code of the API. */
  failed(code: string): void
  /** Everything in the text format that Prometheus reads. */
  text(): Promise<string>
  readonly contentType: string
}

/** Seconds; a commit takes a tenth of a millisecond on a good disk, a sync a few. */
const buckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2]

/** The meters of one server; `census` is asked at every reading. */
export function createMetrics(census: () => Promise<Census>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // Memory, garbage collection, file handles, and how late the event loop is.
  collectDefaultMetrics({ register: registry })
  const updates = new Counter({
    name: 'revmark_updates_total',
    help: 'Entries committed to the logs of drafts.',
    registers,
  })
  const commits = new Histogram({
    name: 'revmark_commit_seconds',
    help: 'Time until a batch of a room is committed.',
    buckets,
    registers,
  })
  const syncs = new Histogram({
    name: 'revmark_sync_seconds',
    help: 'Time until a batch of a room is on the disk.',
    buckets,
    registers,
  })
  const refusals = new Counter({
    name: 'revmark_refusals_total',
    help: 'Updates refused, by the reason.',
    labelNames: ['code'],
    registers,
  })
  const closings = new Counter({
    name: 'revmark_closings_total',
    help: 'Sockets closed by the server, by the code.',
    labelNames: ['code'],
    registers,
  })
  const failures = new Counter({
    name: 'revmark_failures_total',
    help: 'Requests that failed, by the error.',
    labelNames: ['code'],
    registers,
  })
  const counted: Readonly<Record<keyof Census, string>> = {
    rooms: 'Open rooms.',
    clients: 'Connections in open rooms.',
    held: 'Drafts of which nothing can be written at present.',
    damaged: 'Drafts whose record in the store is damaged.',
  }
  const gauges = Object.entries(counted).map(([what, help]) => ({
    what: what as keyof Census,
    gauge: new Gauge({ name: `revmark_${what}`, help, registers }),
  }))
  return {
    committed(entries, seconds) {
      updates.inc(entries)
      commits.observe(seconds)
    },
    synced: (seconds) => syncs.observe(seconds),
    refused: (code) => refusals.inc({ code }),
    closed: (code) => closings.inc({ code }),
    failed: (code) => failures.inc({ code }),
    contentType: registry.contentType,
    async text() {
      const now = await census()
      for (const { what, gauge } of gauges) gauge.set(now[what])
      return registry.metrics()
    },
  }
}
