/** Writing down who did what. */
import { kindOfAct } from '@revmark/shared/wire'
import type { AuditEntry } from '@revmark/shared/wire'
import type { BaseLogger } from 'pino'
import { placeOf } from './store/audit.ts'
import type { Deed } from './store/audit.ts'
import type { LogHead } from './store/log.ts'
import type { Store } from './store/store.ts'
import { isStoreDamage, isStoreTrouble } from './store/trouble.ts'

export interface AuditServices {
  readonly store: Pick<Store, 'audit' | 'log'>
  readonly log: BaseLogger
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What a caller knows of an act; what is left out is none. */
export type Done = Pick<AuditEntry, 'act'> &
  Partial<Pick<AuditEntry, 'person' | 'token' | 'draft' | 'log' | 'subject' | 'details'>>

/**
 * Writes an act into the record of its meeting. An act that changes rights or texts is on the disk when
 * this resolves, and so is what it did. Where the disk takes no writes, people go on reading and
 * leaving, and the act stands in the log of the server; whatever else rejects, so that its caller tells
 * that it could not be recorded.
 */
export async function record(services: AuditServices, meeting: string, done: Done): Promise<void> {
  const { store, log } = services
  const changes = kindOfAct[done.act] === 'rights' || kindOfAct[done.act] === 'texts'
  try {
    await store.audit.append(meeting, await deedOf(services, done))
    if (changes) await store.log.sync()
  } catch (error) {
    log.error({ err: error, meeting, ...done }, 'an act could not be recorded')
    if (changes || !isStoreTrouble(error)) throw error
  }
}

/** An act as it goes into the record; `at` is milliseconds since 1970. */
export function deedAt(at: number, done: Done): Deed {
  const { act, person = null, token = null, draft = null, log = null } = done
  const { subject = null, details = {} } = done
  return { at, person, token, act, draft, log, subject, details }
}

/** The same with the head of its draft's log. */
async function deedOf({ store, now }: AuditServices, done: Done): Promise<Deed> {
  const { draft = null } = done
  const head = draft === null ? null : await headOf(store, draft)
  return deedAt(now(), { ...done, log: head && placeOf(head) })
}

/** The head of a draft's log; null where that is damaged, which must keep nobody from reading. */
const headOf = (store: AuditServices['store'], draft: string): Promise<LogHead | null> =>
  store.log.head(draft).catch((error: unknown) => {
    if (isStoreDamage(error)) return null
    throw error
  })
