/** Every code of an error: its status, and what it means to a program. Codes are never renamed. */
import type { ErrorCode } from '@revmark/shared/wire'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export const meaningOf = {
  'invalid-request': [400, 'the request does not fit its contract; `details` lists where'],
  'signed-out': [401, 'there is no session, or it has ended'],
  'bad-origin': [403, 'the request comes from a page of another server'],
  'wrong-role': [403, 'the seat is in the meeting and may not do this'],
  'wrong-seat': [403, 'the seat is not one of the session, or not of this meeting'],
  'unknown-link': [404, 'nobody made this sign-in link'],
  'unknown-person': [404, 'nobody of this meeting has this seat, or no longer'],
  'unknown-browser': [404, 'the person is not signed in there, or no longer'],
  'unknown-meeting': [404, 'there is no such meeting for the seats of this session'],
  'unknown-draft': [404, 'there is no such draft for this seat'],
  'unknown-moment': [404, 'the history has no such entry'],
  'unknown-text': [404, 'the library, or the draft, holds no such text'],
  'unknown-route': [404, 'the API has no such address'],
  'changed-meanwhile': [409, 'the text is no longer what was seen; `details` says where'],
  'name-taken': [409, 'the name is given already'],
  'own-seat': [409, 'nobody takes away the own seat or its rights'],
  'link-expired': [410, 'the time of the sign-in link is over'],
  'link-revoked': [410, 'the sign-in link, or its seat, has been withdrawn'],
  'link-used': [410, 'the sign-in link was for one browser, and has been used'],
  'too-large': [413, 'the body has more bytes than are taken'],
  'unreadable-file': [422, 'the file is none that can be taken; `details.reason` says why'],
  'unknown-edition': [422, 'the file amends no edition that the library has'],
  'too-many': [429, 'asked too much in a short time; `Retry-After` says when to ask again'],
  internal: [500, 'the server failed; nothing was changed'],
  damaged: [503, 'what is on the disk is damaged; an operator has to look'],
  unavailable: [503, 'the server cannot do this at present; try again later'],
} as const satisfies Record<ErrorCode, readonly [ContentfulStatusCode, string]>
