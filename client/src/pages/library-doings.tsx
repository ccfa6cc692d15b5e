import type { View } from '@revmark/shared/ledger'
import { isLaterEdition } from '@revmark/shared/resolution'
import type { Numbering } from '@revmark/shared/resolution'
import type { ExportFormat } from '@revmark/shared/wire'
import type { EditionSummary, Library, Seat } from '@revmark/shared/wire'
import { Download, FileText } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { library } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { badNews, useNotify } from '../ui/toasts.tsx'
import { FormatItems } from './format-items.tsx'
import { numberingWords } from './numbering-words.ts'
import { provedBy } from './proved-by.ts'
import { saveAs } from './save-as.ts'

/** What can be done with the text on the sheet. */
export function Doings({
  id,
  other,
  texts,
  seats,
}: {
  readonly id: string
  readonly other: string | null
  readonly texts: Library
  readonly seats: readonly Seat[]
}) {
  const [, go] = useLocation()
  const notify = useNotify()
  const [chosen, setChosen] = useState(other ?? '')
  const [numbering, setNumbering] = useState<Numbering>('renumber')
  const contribution = texts.contributions.find((one) => one.id === id)
  const others = texts.editions.filter((edition) => edition.id !== id)
  const begins = seats.filter(({ role }) => role === 'chair' || role === 'secretariat')
  const begin = async ({ meeting, id: seat }: Seat) => {
    const made = await library.beginDraft(meeting, seat, id, other, numbering)
    if (made.ok) go(`/d/${made.value.id}?seat=${seat}`)
    else notify(badNews('No draft was begun', made.problem))
  }
  if (contribution) {
    const later = laterThan(texts.editions, contribution.edition)
    return (
      <>
        <h2>What became of it</h2>
        {later.length === 0 && <p>The library has no later edition of what it amends.</p>}
        <ul className="library-links">
          {later.map((edition) => (
            <li key={edition.id}>
              <Link href={`/library/${id}/outcome/${edition.id}`}>in {edition.name}</Link>
            </li>
          ))}
        </ul>
      </>
    )
  }
  return (
    <>
      <h2>
        <label htmlFor="compare-with">Compare with</label>
      </h2>
      <select
        id="compare-with"
        className="field library-select"
        value={chosen}
        onChange={({ target: { value } }) => setChosen(value)}
      >
        <option value="">nothing: the text alone</option>
        {others.map((edition) => (
          <option key={edition.id} value={edition.id}>
            {edition.name}
          </option>
        ))}
      </select>
      <Button
        disabled={chosen === (other ?? '')}
        onClick={() => go(chosen === '' ? `/library/${id}` : `/library/${id}/compare/${chosen}`)}
      >
        {chosen === '' && other !== null ? 'Show it alone' : 'Compare'}
      </Button>
      {begins.length > 0 && (
        <>
          <h2>{other === null ? 'Amend it' : 'Decide it, change by change'}</h2>
          <label htmlFor="numbering">Labels of what is inserted</label>
          <select
            id="numbering"
            className="field library-select"
            value={numbering}
            onChange={({ target: { value } }) => setNumbering(value === 'bis' ? 'bis' : 'renumber')}
          >
            {numberingWords.map(({ value, name, note }) => (
              <option key={value} value={value}>
                {name}: {note}
              </option>
            ))}
          </select>
          {begins.map((seat) => (
            <Button key={seat.id} onClick={() => void begin(seat)}>
              Start a draft as {seat.name}
            </Button>
          ))}
        </>
      )}
    </>
  )
}

/** The later editions of the same resolution: no other can have taken a proposal over. */
function laterThan(editions: readonly EditionSummary[], id: string): readonly EditionSummary[] {
  const base = editions.find((edition) => edition.id === id)
  if (!base) return []
  return editions.filter((edition) => isLaterEdition(edition, base))
}

/** A text of the library as a file. */
export function ExportText({
  id,
  other,
  view,
}: {
  readonly id: string
  readonly other: string | null
  readonly view: View
}) {
  const notify = useNotify()
  const download = async (format: ExportFormat) => {
    const file = await library.exportText(id, other, format, view)
    if (file.ok) {
      const { name, blob, proof } = file.value
      saveAs(name, blob)
      if (proof !== null) notify({ title: `${name} is in your downloads`, text: provedBy(proof) })
      return
    }
    notify(badNews('No file was written', file.problem))
  }
  return (
    <Menu
      trigger={
        <Button>
          <Download aria-hidden="true" />
          Export
        </Button>
      }
    >
      <MenuItem
        icon={<FileText />}
        note={`The ${view} view`}
        onSelect={() => void download('docx')}
      >
        Word
      </MenuItem>
      <FormatItems view={view} onChoose={(format) => void download(format)} />
    </Menu>
  )
}
