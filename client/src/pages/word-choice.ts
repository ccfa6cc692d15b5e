/** What was chosen for the last Word file of a meeting, kept in this browser. */
import { wordExportSchema } from '@revmark/shared/wire'
import type { Draft, WordExport } from '@revmark/shared/wire'

export type Frame = NonNullable<WordExport['frame']>

/** What is chosen in the dialog: the frame is kept also while none is asked for. */
export interface WordChoice {
  readonly wanted: WordExport
  readonly frame: Frame
}

const keyOf = (meeting: string): string => `revmark-word-${meeting}`

/** The last choice, or a first one from what the draft tells. */
export function wordChoiceOf({ meeting, meetingName, seat, delegations }: Draft): WordChoice {
  const own = delegations.find(({ code }) => code === seat.delegation)?.name ?? ''
  const blank: Frame = {
    conference: meetingName,
    placeAndDates: '',
    body: 'PLENARY MEETING',
    document: '',
    addendum: '',
    date: '',
    original: '',
    source: own,
    title: 'Proposals for the work of the conference',
    agendaItem: '',
    priorityArea: '',
    summary: '',
    expectedResults: '',
    references: '',
    symbol: 'MOD',
    identifier: '',
    reasons: '',
  }
  const first = { wanted: wordExportSchema.parse({ view: 'marked' }), frame: blank }
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(meeting)) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return first
    const { wanted, frame } = kept as Partial<WordChoice>
    const asFramed = wordExportSchema.safeParse({ ...wanted, frame })
    if (!asFramed.success || asFramed.data.frame === null) return first
    const isFramed = wanted?.frame !== null
    return {
      wanted: { ...asFramed.data, frame: isFramed ? asFramed.data.frame : null },
      frame: asFramed.data.frame,
    }
  } catch {
    // Storage that is forbidden or holds something else: nothing was kept.
    return first
  }
}

export function keepWordChoice({ meeting }: Draft, choice: WordChoice): void {
  try {
    localStorage.setItem(keyOf(meeting), JSON.stringify(choice))
  } catch {
    // A browser that keeps nothing asks anew the next time.
  }
}
