/**
 * All that the server keeps. Every call is asynchronous, so that an implementation may work in a
 * thread or over a network; what is told with a call goes into the record in the same commit; `test/storeContract.ts` is what each must pass.
 */
import type { Attachments } from './attachment.ts'
import type { Audit } from './audit.ts'
import type { Clients } from './client.ts'
import type { Drafts } from './draft.ts'
import type { Links } from './link.ts'
import type { Log } from './log.ts'
import type { Meetings } from './meeting.ts'
import type { People } from './person.ts'
import type { Sessions } from './session.ts'
import type { Snapshots } from './snapshot.ts'
import type { Tokens } from './token.ts'
import type { Versions } from './version.ts'

export interface Store {
  readonly meetings: Meetings
  readonly people: People
  readonly links: Links
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly drafts: Drafts
  readonly clients: Clients
  readonly log: Log
  readonly snapshots: Snapshots
  readonly attachments: Attachments
  readonly versions: Versions
  readonly audit: Audit

  /** What is wrong with the store itself, in sentences, whatever its drafts are; reads all of it. */
  examine(): Promise<readonly string[]>

  /** Forgets what it keeps of the disk in memory: somebody may have mended that. */
  reread(): Promise<void>

  /** Ends all work with the store; every call after it rejects. */
  close(): Promise<void>
}
