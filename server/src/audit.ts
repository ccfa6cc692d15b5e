/** Writing down who did what. */
import { kindOfAct } from '@revmark/shared/wire'
import type { AuditEntry } from '@revmark/shared/wire'
import type { BaseLogger } from 'pino'
import { hexOf } from './store/chain.ts'
import type { Store } from './store/store.ts'
import { isStoreTrouble } from './store/trouble.ts'

export interface AuditServices {
  readonly store: Pick<Store, 'audit' | 'log'>
  readonly log: BaseLogger
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What a caller knows of an act; what is left out is none. */
export type Done = Pick<AuditEntry, 'act'> &
  Partial<Pick<AuditEntry, 'person' | 'token' | 'draft' | 'subject' | 'details'>>

/**
 * Writes an act into the record of its meeting. An act that changes rights or texts is on the disk when
 * this resolves, and so is what it did. Where the disk takes no writes, people go on reading and
 * leaving, and the act stands in the log of the server; whatever else rejects, so that its caller tells
 * that it could not be recorded.
 */
export async function record(
  { store, log, now }: AuditServices,
  meeting: string,
  done: Done,
): Promise<void> {
  const { act, person = null, token = null, draft = null, subject = null, details = {} } = done
  const changes = kindOfAct[act] === 'rights' || kindOfAct[act] === 'texts'
  const head = draft === null ? null : await store.log.head(draft)
  const at = now()
  try {
    await store.audit.append(meeting, {
      at,
      person,
      token,
      act,
      draft,
      log: head && { seq: head.seq, hash: hexOf(head.hash) },
      subject,
      details,
    })
    if (changes) await store.log.sync()
  } catch (error) {
    log.error({ err: error, meeting, ...done, at }, 'an act could not be recorded')
    if (changes || !isStoreTrouble(error)) throw error
  }
}
