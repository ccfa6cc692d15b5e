/** The editor on the page; the rest of this folder knows nothing of React. */
import { noRanges } from '@revmark/shared/ledger'
import type { Change, Id, MovedParagraph, Ranges, Verb, View } from '@revmark/shared/ledger'
import type { Format, Kind } from '@revmark/shared/resolution'
import { use, useEffect, useImperativeHandle, useRef } from 'react'
import type { Ref } from 'react'
import type { Caret, Copy } from '../session/index.ts'
import { Delegations } from '../ui/chip.tsx'
import { useNotify } from '../ui/toasts.tsx'
import { Binding } from './binding.ts'
import type { Flag } from './conflict-marks.ts'
import { goToCurrent, replaceAll, replaceCurrent, showCurrent } from './finding.ts'
import { handlersOf } from './keys.ts'
import { askLabel, setLabel } from './labelling.ts'
import type { LabelledItem } from './labelling.ts'
import type { Pointed } from './overlays.ts'
import { Palette } from './palette.ts'
import { goTo, showAt, tokensAtCaret, tokensSelected } from './pointing.ts'
import { Search } from './search.ts'
import { goToParagraph, moveParagraphs } from './moving.ts'
import { insertNote } from './noting.ts'
import { format, indent, make, stanceOf } from './setting.ts'
import type { Stance } from './setting.ts'
import './editor.css'

export interface DraftEditorHandle {
  /** Puts the caret and the focus at a change, or at other letters. */
  focusChange(change: Pointed): void
  /** Brings a change into sight; the focus stays where it is. */
  showChange(change: Change): void
  /** Brings the current match of the search into sight; the focus stays where it is. */
  showFound(): void
  /** Selects the current match and puts the focus into the text. */
  focusFound(): void
  replaceFound(text: string): void
  /** As one undo step; returns how many were replaced. */
  replaceAll(text: string): number
  focus(): void
  /** Sets the selected paragraphs deeper or less deep, makes them another kind, formats letters. */
  indent(by: 1 | -1): void
  make(kind: Kind): void
  format(format: Format): void
  /** Asks for the label of the item at the caret. */
  askLabel(): void
  /** Gives a paragraph a label, `noLabel` or `automaticLabel`. */
  setLabel(key: string, label: string): void
  /** The tokens selected, paragraph marks between them included; none for a caret alone. */
  selectedTokens(): Ranges
  insertNote(): void
  /** Moves the selected paragraphs among their siblings. */
  move(direction: 'up' | 'down'): void
  /** Puts the caret and the focus into a paragraph, by its key. */
  focusParagraph(key: string): void
  /** Where the selection stands in the ledger; null where it does not stand in words. */
  selection(): Caret | null
}

/** What there is to read, and for whom: a copy of a draft, or a text in which nobody writes. */
export interface Text extends Pick<Copy, 'ledger' | 'pen' | 'presence'> {
  /** null: nobody's in particular. */
  readonly seat: Pick<Copy['seat'], 'delegation'> | null
}

interface DraftEditorProps {
  readonly copy: Text
  readonly view: View
  /** What the person looks for; left out where nothing is looked for. */
  readonly search?: Search
  /** Whether the person may type now. */
  readonly editable: boolean
  /** Told where the selection stands when that changes; must stay the same function. */
  readonly onStance?: (stance: Stance | null) => void
  /** Changes that meet others', to be marked in the text. */
  readonly flags?: readonly Flag[]
  /** Paragraphs that were moved, to be marked at both places. */
  readonly moves?: readonly MovedParagraph[]
  /** Told which change's mark was pressed; must stay the same function. */
  readonly onFlag?: (change: Change) => void
  /** Told the tokens beside the caret when it moves; must stay the same function. */
  readonly onCaret?: (near: readonly Id[]) => void
  /** Told which item's label is to be set; must stay the same function. */
  readonly onLabel?: (item: LabelledItem) => void
  /** A key decides the selection; must stay the same function. */
  readonly onDecide?: (verb: Verb) => void
  readonly ref: Ref<DraftEditorHandle>
}

const noSearch = new Search()
const noFlags: readonly Flag[] = []
const noMoves: readonly MovedParagraph[] = []
const ignored = () => {}

/** A tool leaves the focus in the text. */
function withFocus(binding: Binding | null, run: (binding: Binding) => void): void {
  if (!binding) return
  run(binding)
  binding.focus()
}

/** The text of a draft in one view. A new copy needs a new editor: key it by the copy. */
export function DraftEditor({
  copy,
  view,
  editable,
  search = noSearch,
  onStance,
  flags = noFlags,
  moves = noMoves,
  onFlag = ignored,
  onCaret,
  onLabel,
  onDecide,
  ref,
}: DraftEditorProps) {
  const delegations = use(Delegations)
  const notify = useNotify()
  const place = useRef<HTMLDivElement>(null)
  const binding = useRef<Binding | null>(null)
  const reading = useRef({ view, editable })
  const flagged = useRef({ flags, onFlag })
  const moved = useRef(moves)

  useEffect(() => {
    flagged.current = { flags, onFlag }
    binding.current?.flag(flags, onFlag)
  }, [flags, onFlag])

  useEffect(() => {
    moved.current = moves
    binding.current?.markMoves(moves)
  }, [moves])

  useEffect(() => {
    reading.current = { view, editable }
    binding.current?.read(view, editable)
  }, [view, editable])

  useEffect(() => {
    const desk = {
      ledger: copy.ledger,
      pen: copy.pen,
      delegation: copy.pen && (copy.seat?.delegation ?? null),
      presence: copy.presence,
      palette: new Palette(delegations),
      search,
      label: onLabel,
      decide: onDecide,
      say: (sentence: string) => notify({ title: sentence }),
      moved: () => {
        if (binding.current) onCaret?.(tokensAtCaret(binding.current))
        const next = binding.current && stanceOf(binding.current)
        const name = JSON.stringify(next)
        if (name === stance) return
        stance = name
        onStance?.(next)
      },
    }
    const now = reading.current
    let stance = ''
    const made = new Binding(place.current!, desk, now.view, now.editable, handlersOf)
    binding.current = made
    made.flag(flagged.current.flags, flagged.current.onFlag)
    made.markMoves(moved.current)
    return () => {
      binding.current = null
      made.destroy()
      onStance?.(null)
    }
  }, [copy, delegations, notify, search, onStance, onCaret, onLabel, onDecide])

  useImperativeHandle(
    ref,
    () => ({
      focusChange: (change) => binding.current && goTo(binding.current, change),
      showChange: (change) => binding.current && showAt(binding.current, change),
      showFound: () => binding.current && showCurrent(binding.current),
      focusFound: () => binding.current && goToCurrent(binding.current),
      replaceFound: (text) => binding.current && replaceCurrent(binding.current, text),
      replaceAll: (text) => (binding.current ? replaceAll(binding.current, text) : 0),
      focus: () => binding.current?.focus(),
      indent: (by) => withFocus(binding.current, (one) => indent(one, by)),
      make: (kind) => withFocus(binding.current, (one) => make(one, kind)),
      format: (name) => withFocus(binding.current, (one) => format(one, name)),
      askLabel: () => binding.current && askLabel(binding.current),
      setLabel: (key, label) => binding.current && setLabel(binding.current, key, label),
      selectedTokens: () => (binding.current ? tokensSelected(binding.current) : noRanges),
      insertNote: () => withFocus(binding.current, insertNote),
      move: (direction) => withFocus(binding.current, (one) => moveParagraphs(one, direction)),
      focusParagraph: (key) => binding.current && goToParagraph(binding.current, key),
      selection: () => binding.current?.caret ?? null,
    }),
    [],
  )

  return <div className="editor" ref={place} />
}
