/** A draft's history over HTTP. */
import { historySchema, versionSchema } from '@revmark/shared/wire'
import type { History, Version } from '@revmark/shared/wire'
import { draftPath } from './api.ts'
import { ask, send } from './http.ts'
import type { Result } from './problem.ts'
import { fetchReading } from './reading.ts'
import type { Reading } from './reading.ts'

/** Who did what when, and which moments have a name. */
export const history = (id: string, seat: string): Promise<Result<History>> =>
  ask(historySchema, draftPath(id, '/history', { seat }))

/** The draft as it was after the log's entry `seq`. */
export const stateAt = (id: string, seat: string, seq: number): Promise<Result<Reading>> =>
  fetchReading(draftPath(id, `/states/${seq}`, { seat }))

/** What the clean or the accepted view has become between two entries of the log, as marks. */
export const difference = (
  id: string,
  seat: string,
  from: number,
  to: number,
  view: 'clean' | 'accepted',
): Promise<Result<Reading>> =>
  fetchReading(draftPath(id, '/difference', { seat, from: `${from}`, to: `${to}`, view }))

/** Names the draft as it was after an entry of the log, for everybody who sits in the meeting. */
export const nameVersion = (
  id: string,
  seat: string,
  name: string,
  seq: number,
): Promise<Result<Version>> =>
  send(versionSchema, draftPath(id, '/versions', { seat }), { name, seq })
