/** Connection and saving in words: a short phrase for the bar, and the sentences behind it. */
import { counted } from '../ui/counted.ts'
import { timeOf } from '../ui/when.ts'
import type { Role } from '@revmark/shared/wire'
import type { Closing, Saving, SessionState } from '../session/index.ts'

export interface Status {
  readonly tone: 'good' | 'busy' | 'warn' | 'bad' | 'plain'
  /** What the bar says. */
  readonly text: string
  /** What it means: what is kept where, what to do. */
  readonly detail: string
  /** Whether it is said aloud at once: bad news is, the passing from saving to saved is not. */
  readonly isUrgent: boolean
}

const unsavedIn = (saving: Saving): number =>
  saving.type === 'saving' || saving.type === 'kept' ? saving.changes : 0

/** "Saved" is said only when the server has everything on disk. */
export function statusOf(
  {
    connection,
    saving,
    held,
    keeps,
  }: Pick<SessionState, 'connection' | 'saving' | 'held' | 'keeps'>,
  role: Role,
): Status {
  if (connection.type === 'closed') return closedStatus(connection.reason, unsavedIn(saving))
  if (connection.type === 'offline') return offlineStatus(connection.since, saving, keeps)
  if (connection.type === 'connecting') {
    return calm('busy', 'Connecting …', 'The draft is being fetched.')
  }
  if (held !== null) return heldStatus(held, unsavedIn(saving))
  if (saving.type === 'readOnly') {
    return calm(
      'plain',
      role === 'chair' ? 'Live' : 'Read-only',
      'You see every change as it is made. From this seat the text cannot be changed.',
    )
  }
  if (saving.type === 'saved') {
    const alone = keeps
      ? ''
      : ' This browser keeps nothing itself: if the line is lost, keep the page open.'
    return calm('good', 'Saved', `Everything you wrote is on the server’s disk.${alone}`)
  }
  return calm(
    'busy',
    saving.changes > 0 ? `Saving ${counted(saving.changes, 'change')} …` : 'Saving …',
    'Sent; waiting for the server to have it on disk.',
  )
}

const calm = (tone: Status['tone'], text: string, detail: string): Status => ({
  tone,
  text,
  detail,
  isUrgent: false,
})

function offlineStatus(since: number, saving: Saving, keeps: boolean): Status {
  const changes = unsavedIn(saving)
  const waiting = keeps
    ? 'You can go on writing. It is kept on this device, also when you close or reload this page, and sent when the line is back.'
    : 'You can go on writing. It is kept in this page and sent when the line is back; keep the page open until then.'
  return {
    tone: 'warn',
    text:
      changes > 0 ? `Offline: ${counted(changes, 'change')} kept here` : 'Offline: trying again',
    detail: `Offline since ${timeOf(since)}. ${
      saving.type === 'readOnly'
        ? 'You see the draft as it was when the line was lost. It is being tried again.'
        : waiting
    }`,
    isUrgent: true,
  }
}

const heldStatus = (reason: string, changes: number): Status => ({
  tone: 'warn',
  text:
    changes > 0 ? `Not saved: ${counted(changes, 'change')} kept here` : 'The server cannot save',
  detail: reason,
  isUrgent: true,
})

const closings: Readonly<Record<Closing, string>> = {
  signedOut: 'Signed out',
  forbidden: 'No access',
  unknownDraft: 'Draft not found',
  damaged: 'Draft damaged',
  revoked: 'Seat taken away',
  roleChanged: 'Seat changed',
  ended: 'Disconnected',
}

const closedStatus = (reason: Closing, changes: number): Status => ({
  tone: 'bad',
  text: closings[reason],
  detail:
    changes > 0
      ? `${counted(changes, 'change')} not saved: copy the words below before you leave.`
      : 'Everything you wrote is saved.',
  isUrgent: true,
})
