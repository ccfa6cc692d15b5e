import type { View } from '@revmark/shared/ledger'
import { useMemo } from 'react'
import { DraftEditor, movesIn } from '../editor/index.ts'
import type { Reading } from '../session/index.ts'

/** A view of a text in which nobody writes, on a sheet. */
export function ReadSheet({
  reading: { ledger, presence },
  view,
}: {
  readonly reading: Reading
  readonly view: View
}) {
  // The editor is bound anew where it is given another copy.
  const copy = useMemo(() => ({ ledger, presence, pen: null, seat: null }), [ledger, presence])
  const moves = useMemo(
    () => (view === 'marked' ? movesIn(ledger.changes()) : undefined),
    [ledger, view],
  )
  return (
    <div className="sheet" data-view={view}>
      <DraftEditor ref={null} copy={copy} {...(moves && { moves })} view={view} editable={false} />
    </div>
  )
}
