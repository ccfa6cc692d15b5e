/** What the typesetter is given of a text: values only, so that no letter can be taken for a command. */
import type { Projection } from '@revmark/shared/ledger'
import type { Format, Kind } from '@revmark/shared/resolution'
import {
  NumberLineLooks,
  blocksOf,
  blocksWithMarks,
  endsByItself,
  isChanged,
  paragraphMarks,
  signerLook,
  signersOf,
  untouchedBlock,
} from '@revmark/shared/text'
import type { Block, MarkedViews, Revision, Run } from '@revmark/shared/text'

export interface Letters {
  readonly text: string
  /** Set in capitals: the number line outside its brackets. */
  readonly capitals: boolean
  readonly formats: readonly Format[]
  /** Indexes into `signers`; null: nobody. */
  readonly inserted: number | null
  readonly deleted: number | null
  /** The footnote whose number they are, or a part of it; null: they are words. */
  readonly reference: SheetReference | null
}

export interface SheetReference {
  /** An index into `notes`. */
  readonly note: number
  /** Whether they are the first that name it, at the foot of whose page it stands. */
  readonly isFirst: boolean
}

export interface SheetBlock {
  readonly kind: Kind
  readonly level: number
  /** Has a bar at the margin. */
  readonly changed: boolean
  readonly label: readonly Letters[]
  readonly letters: readonly Letters[]
}

export interface Sheet {
  readonly title: string
  readonly language: string
  readonly signers: readonly {
    readonly name: string
    readonly ink: string
    readonly stroke: string
  }[]
  readonly blocks: readonly SheetBlock[]
  /** The footnotes that stand at the foot of a page, not among the blocks. */
  readonly notes: readonly SheetBlock[]
}

export interface SheetSource {
  /** One view as it reads, or the three views from which the marks are written. */
  readonly text: Projection | MarkedViews
  readonly title: string
  readonly language: string
  readonly delegations: readonly { readonly code: string; readonly name: string }[]
}

/**
 * Prepares a text for the typesetter. A paragraph's end that is revised by itself is a pilcrow. A
 * footnote to which nothing in the text refers stays among the blocks, at their end.
 */
export function sheetOf({ text, title, language, delegations }: SheetSource): Sheet {
  const blocks = 'marked' in text ? blocksWithMarks(text) : blocksOf(text)
  const codes = signersOf(blocks)
  const names = new Map(delegations.map(({ code, name }) => [code, name]))
  const marks = paragraphMarks([...blocks, untouchedBlock('text')])
  const referred = new Set(
    blocks.flatMap(({ runs }) => runs.map(({ reference }) => reference?.note)),
  )
  const isNote = ({ note }: Block) => note !== undefined && referred.has(note)
  const setter = new Setter(codes, blocks.filter(isNote))
  const set = blocks.map((block, k) => setter.block(block, marks[k]!))
  return {
    title,
    language,
    signers: codes.map((code, k) => ({ name: names.get(code) ?? code, ...signerLook(k) })),
    blocks: set.filter((_, k) => !isNote(blocks[k]!)),
    notes: set.filter((_, k) => isNote(blocks[k]!)),
  }
}

class Setter {
  private readonly codes: readonly string[]
  private readonly looks = new NumberLineLooks()
  /** The footnotes to set, by their ids in their order, and those named so far. */
  private readonly notes: readonly (string | undefined)[]
  private readonly named = new Set<number>()

  constructor(codes: readonly string[], notes: readonly Block[]) {
    this.codes = codes
    this.notes = notes.map(({ note }) => note)
  }

  block(block: Block, mark: Revision): SheetBlock {
    const { shape, runs } = block
    this.looks.begin(block)
    const label = runs
      .filter(({ part }) => part === 'label')
      .flatMap((run) => this.letters(run, false))
    const text = runs.filter(({ part }) => part === 'text')
    const pilcrow: Run[] = endsByItself(block, mark)
      ? [{ part: 'text', text: '¶', revision: mark, formats: [] }]
      : []
    return {
      ...shape,
      changed: isChanged(block, mark),
      label,
      letters: [...text, ...pilcrow].flatMap((run) => this.letters(run, shape.kind === 'number')),
    }
  }

  private letters(run: Run, isNumberLine: boolean): Letters[] {
    const { inserted, deleted } = run.revision
    return this.looks.stretches(run).map(({ text, look }) => ({
      text: text.replaceAll('\t', ''),
      capitals: isNumberLine && look !== 'as written',
      formats: run.formats,
      inserted: inserted === null ? null : this.codes.indexOf(inserted),
      deleted: deleted === null ? null : this.codes.indexOf(deleted),
      reference: this.reference(run),
    }))
  }

  private reference({ reference }: Run): SheetReference | null {
    const note = reference ? this.notes.indexOf(reference.note) : -1
    if (note < 0) return null
    const isFirst = !this.named.has(note)
    this.named.add(note)
    return { note, isFirst }
  }
}
