/** What the gate answers: an update passes whole, or is refused whole, with a reason for its writer. */

/** Who sends: the session's user and delegation, and which client ids the server issued to them. */
export interface Sender {
  readonly user: string
  readonly delegation: string
  /** Whether the server issued this client id to this user in this delegation, and it still holds. */
  owns(client: number): boolean
}

/** Stable names of the reasons for a refusal; they go over the wire, into the log and the metrics. */
export const refusalCodes = [
  'too-big',
  'too-costly',
  'malformed',
  'gap',
  'unknown-origin',
  'foreign-client',
  'id-used-twice',
  'foreign-ledger',
  'server-only',
  'unknown-root',
  'forbidden-content',
  'bad-letters',
  'bad-marker',
  'bad-note',
  'bad-move',
  'before-root',
  'outside-body',
  'bad-place',
  'split-letter',
  'deletes-text',
  'deletes-entry',
  'deletes-unknown',
  'bad-key',
  'bad-entry',
  'foreign-signature',
  'bad-overwrite',
  'bad-ranges',
  'unknown-ranges',
  'protected-token',
  'unknown-entry',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

export type Verdict =
  | {
      readonly ok: true
      /** The client ids with new structs in the update, ascending: the server enters them in `people`. */
      readonly clients: readonly number[]
      /** Nothing in the update is new: there is nothing to apply, store or pass on. */
      readonly empty: boolean
    }
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string }

const reasons: Record<RefusalCode, string> = {
  'too-big': 'This edit is larger than the 2 MB that the server takes at once.',
  'too-costly': 'This edit holds more changes over changes than the server can check at once.',
  malformed: 'This edit arrived damaged and cannot be read.',
  gap: 'Something that came before this edit has not arrived at the server.',
  'unknown-origin': 'This edit stands beside text that the server does not have.',
  'foreign-client': 'This edit carries the number of an editor that is not, or no longer, yours.',
  'id-used-twice': 'Two different edits carry one and the same number, as from a copied tab.',
  'foreign-ledger': "This edit writes among another delegation's proposals.",
  'server-only': 'This edit writes where only the server may.',
  'unknown-root': 'This edit writes to a part that drafts do not have.',
  'forbidden-content': 'This edit holds something that a draft cannot hold, such as formatting.',
  'bad-letters': 'This edit holds a damaged letter, a line break or a control character.',
  'bad-marker': 'This edit holds a paragraph mark that a draft cannot have.',
  'bad-note': 'This edit puts a footnote, or what belongs to one, where none can stand.',
  'bad-move': 'This edit says that a paragraph was moved from where there is none.',
  'before-root': "This edit writes before the number line, which is the draft's first paragraph.",
  'outside-body': 'This edit writes outside the paragraphs of the draft.',
  'bad-place': 'This edit stands between two neighbours that were never side by side.',
  'split-letter': 'This edit cuts through the middle of a letter.',
  'deletes-text': 'This edit removes text for good instead of proposing to delete it.',
  'deletes-entry': 'This edit removes a proposal for good instead of taking it back.',
  'deletes-unknown': 'This edit removes something that the server does not have.',
  'bad-key': 'This edit files a proposal under a name that is not its own.',
  'bad-entry': 'This edit holds a proposal that the server does not understand.',
  'foreign-signature': "This edit signs a proposal with another person's name.",
  'bad-overwrite': 'This edit rewrites a proposal instead of widening it.',
  'bad-ranges': 'This edit holds a proposal whose places are not in order, or more than 1,000.',
  'unknown-ranges': 'This edit proposes to delete text that the server does not have.',
  'protected-token': 'This edit proposes to delete a place that holds the draft together.',
  'unknown-entry': 'This edit takes back a proposal that your delegation has not made.',
}

const kept = 'Nothing of it was applied, and your text is kept: copy it and enter it again.'

export const refused = (code: RefusalCode): Verdict => ({
  ok: false,
  code,
  message: `${reasons[code]} ${kept}`,
})
