/** Connection and saving in words: one short phrase for the bar, one sentence for who asks. */
import type { Role } from '@revmark/shared/wire'
import type { Connection, Saving, SessionState } from '../session/index.ts'

export interface Status {
  readonly tone: 'good' | 'busy' | 'warn' | 'bad' | 'plain'
  readonly text: string
  readonly detail: string
}

const counted = (changes: number): string => (changes === 1 ? '1 change' : `${changes} changes`)

/** What the bar says. "Saved" is said only when the server has everything on disk. */
export function statusOf(
  { connection, saving }: Pick<SessionState, 'connection' | 'saving'>,
  role: Role,
): Status {
  if (connection.type === 'closed') return closedStatus(connection, saving)
  if (connection.type === 'connecting') {
    return { tone: 'busy', text: 'Connecting …', detail: 'The draft is being fetched.' }
  }
  if (connection.type === 'offline') return offlineStatus(saving)
  if (saving.type === 'readOnly') {
    return {
      tone: 'plain',
      text: role === 'chair' ? 'Live' : 'Read-only',
      detail: 'You see every change as it is made. From this seat the text cannot be changed.',
    }
  }
  if (saving.type === 'saved') {
    return { tone: 'good', text: 'Saved', detail: 'Everything you wrote is on the server’s disk.' }
  }
  return {
    tone: 'busy',
    text: saving.changes > 0 ? `Saving ${counted(saving.changes)} …` : 'Saving …',
    detail: 'Sent; waiting for the server to have it on disk.',
  }
}

function offlineStatus(saving: Saving): Status {
  const changes = saving.type === 'readOnly' || saving.type === 'saved' ? 0 : saving.changes
  if (changes > 0) {
    return {
      tone: 'warn',
      text: `Offline: ${counted(changes)} kept here`,
      detail: `You can go on writing. ${counted(changes)} will be sent when the line is back; keep this page open until then.`,
    }
  }
  return {
    tone: 'warn',
    text: 'Offline: trying again',
    detail:
      saving.type === 'readOnly'
        ? 'You see the draft as it was when the line was lost. It is being tried again.'
        : 'Nothing of yours is unsaved. You can go on writing; it will be sent when the line is back.',
  }
}

function closedStatus({ reason }: Connection & { type: 'closed' }, saving: Saving): Status {
  const changes = saving.type === 'readOnly' || saving.type === 'saved' ? 0 : saving.changes
  const kept =
    changes > 0 ? `${counted(changes)} not saved: copy them before you leave.` : 'Nothing is lost.'
  const text = {
    signedOut: 'Signed out',
    forbidden: 'No access',
    unknownDraft: 'Draft not found',
    ended: 'Disconnected',
  }[reason]
  return { tone: 'bad', text, detail: kept }
}
