import type { Numbering } from '@revmark/shared/resolution'
import { ChevronDown } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { Copy, Session } from '../session/index.ts'
import { api } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { badNews, useNotify } from '../ui/toasts.tsx'
import { numberingName, numberingWords } from './numbering-words.ts'

/** How the draft labels what is inserted: said to everybody, chosen by the chair. */
export function NumberingChoice({
  copy,
  session,
}: {
  readonly copy: Copy
  readonly session: Session
}) {
  const notify = useNotify()
  const numbering = useSyncExternalStore(copy.changes.subscribe, () => copy.ledger.numbering)
  const { draft, seat } = session
  if (seat.role !== 'chair')
    return <p className="desk-caption">Labels: {numberingName(numbering)}</p>
  const choose = async (wanted: Numbering) => {
    const made = await api.number(draft.id, seat.id, wanted)
    if (!made.ok) notify(badNews('The labels stay as they are', made.problem))
  }
  return (
    <Menu
      trigger={
        <Button kind="quiet" title="How what is inserted is labelled">
          Labels: {numberingName(numbering)}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      {numberingWords.map(({ value, name, note }) => (
        <MenuItem key={value} note={note} onSelect={() => void choose(value)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  )
}
