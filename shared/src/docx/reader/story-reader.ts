/**
 * Reads the texts of a part: the document, or all its footnotes. What can stand in a text and the
 * model does not hold becomes a finding; elements that say nothing to a reader are passed over.
 */
import { ParagraphReader } from './paragraph-reader.ts'
import { Refusal } from './refusal.ts'
import { RunLook } from './run-look.ts'
import { untouched } from './story.ts'
import type { Behind } from '../own-properties.ts'
import type { Finding, Signed, Story, StoryParagraph, Trace } from './story.ts'
import type { StyleSheet } from './style-sheet.ts'
import type { Handler, Opened } from './xml-stream.ts'

/** How many paragraphs, and pieces of them, a file may have: they are what memory goes to. */
const mostParagraphs = 100_000
const mostPieces = 500_000

interface OpenStory {
  readonly paragraphs: StoryParagraph[]
  readonly findings: Finding[]
  readonly comments: { id: string; paragraph: number }[]
}

/** A table, and what happened to the row and the cell of it that are being read. */
interface OpenTable {
  row: Trace
  cell: Trace
  /** The cell in which the table itself stands. */
  readonly outside: number
}

interface OpenRun {
  look: RunLook
  former: { readonly look: RunLook; readonly by: Signed } | null
  isFormer: boolean
  note: string | null
}

/** Elements with which a revision wraps letters, and which aspect it is. */
const wrappers: Readonly<Record<string, keyof Trace>> = {
  'w:ins': 'inserted',
  'w:moveTo': 'inserted',
  'w:del': 'deleted',
  'w:moveFrom': 'deleted',
}

/** Elements that hold no text of this story, or what replaces a text that is read. */
const skipped: Readonly<Record<string, string | null>> = {
  'w:drawing': 'a drawing',
  'w:pict': 'a drawing',
  'w:object': 'an embedded object',
  'w:altChunk': 'an embedded document',
  'w:subDoc': 'an embedded document',
  'mc:Fallback': null,
  'w:sdtPr': null,
  'w:sdtEndPr': null,
  'w:rt': null,
}

/** Elements that are told of once a paragraph, and read through. */
const told: Readonly<Record<string, string>> = {
  'w:moveFrom': 'a move, taken as a deletion and an insertion',
  'w:moveTo': 'a move, taken as a deletion and an insertion',
  'w:fldSimple': 'a field, of which the result is taken',
  'w:hyperlink': 'a link, of which the text is taken',
  'w:ruby': 'a reading aid above letters',
  'm:oMath': 'a formula, of which the letters are taken',
  'w:cellIns': 'an inserted cell of a table',
  'w:cellDel': 'a deleted cell of a table',
  'w:cellMerge': 'a change of the cells of a table',
  'w:sectPrChange': 'a change of the page',
  'w:numberingChange': 'a change of numbering',
  'w:vanish': 'hidden text, taken like any other',
  'w:endnoteReference': 'an endnote, which is not taken',
}

const signs: Readonly<Record<string, string>> = {
  'w:tab': '\t',
  'w:ptab': '\t',
  'w:br': '\n',
  'w:cr': '\n',
  'w:noBreakHyphen': '\u2011',
  'w:softHyphen': '\u00ad',
}

/** Where a revision is a property of its parent and wraps nothing. */
const ofParent = new Set(['w:rPr', 'w:trPr', 'w:tcPr', 'w:numPr', 'm:ctrlPr'])

const isText = (name: string): boolean => name === 'w:t' || name === 'w:delText' || name === 'm:t'

const isRun = (name: string): boolean => name === 'w:r' || name === 'm:r'

export class StoryReader implements Handler {
  /** By the id of the footnote or comment; the document's own under the empty string. */
  readonly stories = new Map<string, Story>()
  /** Who wrote a comment, by its id. */
  readonly signers = new Map<string, Signed>()
  private readonly sheet: StyleSheet
  private readonly behind: ReadonlyMap<string, Behind>
  private readonly path: string[] = []
  /** How deep within an element that is skipped; 0 outside. */
  private skipping = 0
  private story: OpenStory = { paragraphs: [], findings: [], comments: [] }
  private paragraph: ParagraphReader | null = null
  private inProperties = false
  private run: OpenRun | null = null
  private readonly traces: Trace[] = [untouched]
  private readonly tables: OpenTable[] = []
  private cell = 0
  private cells = 0
  /** For each open field, whether its code is being read and not its result. */
  private readonly fields: boolean[] = []
  /** The letters of the element being read; null outside one that has letters. */
  private letters: string | null = null
  private keepsSpace = false
  /** The footnote whose mark is typed behind its reference, as long as that may go on; null: none. */
  private marked: { readonly note: string; hasMark: boolean } | null = null
  private readonly signatures = new Map<string, Signed>()
  private pieces = 0
  private paragraphs = 0

  /** `behind`: who stands behind a revision beside its author, by its id. */
  constructor(sheet: StyleSheet, behind: ReadonlyMap<string, Behind>) {
    this.sheet = sheet
    this.behind = behind
    this.stories.set('', this.story)
  }

  open(element: Opened): void {
    const { name } = element
    const what = skipped[name]
    if (this.skipping > 0) {
      this.skipping++
      if (name === 'w:txbxContent') this.find('a text box, whose text is not taken')
    } else if (what !== undefined) {
      this.skipping = 1
      if (what !== null) this.find(what)
    } else {
      const parent = this.path.at(-1) ?? ''
      this.path.push(name)
      if (told[name]) this.find(told[name])
      const aspect = wrappers[name]
      if (aspect) this.revise(aspect, parent, element)
      else if (this.inProperties) this.openProperty(element, parent)
      else if (this.run) this.openInRun(this.run, element, parent)
      else this.openInStory(element)
    }
  }

  close(name: string): void {
    if (this.skipping > 0) {
      this.skipping--
      return
    }
    this.path.pop()
    const parent = this.path.at(-1) ?? ''
    if (wrappers[name]) {
      if (!ofParent.has(parent)) this.traces.pop()
    } else if (isText(name)) this.endText()
    else if (isRun(name)) this.run = null
    else if (name === 'w:rPrChange') this.endFormerLook()
    else if (name === 'w:pPrChange') this.paragraph?.endFormer()
    else if (name === 'w:pPr' && parent !== 'w:pPrChange') this.inProperties = false
    else if (name === 'w:p') this.endParagraph()
    else if (name === 'w:tc') this.cell = this.tables.at(-1)?.outside ?? 0
    else if (name === 'w:tbl') this.tables.pop()
  }

  text(text: string): void {
    if (this.letters !== null && this.skipping === 0) this.letters += text
  }

  private revise(aspect: keyof Trace, parent: string, element: Opened): void {
    const by = this.signed(element)
    if (!ofParent.has(parent)) {
      this.traces.push({ ...this.traces.at(-1)!, [aspect]: by })
    } else if (parent === 'w:rPr' && this.inProperties) this.paragraph?.marked(aspect, by)
    else if (parent === 'w:trPr') {
      const table = this.tables.at(-1)
      if (table) table.row = { ...table.row, [aspect]: by }
    }
  }

  private openProperty(element: Opened, parent: string): void {
    if (element.name === 'w:pPrChange') this.paragraph?.beginFormer(this.signed(element))
    else if (parent !== 'w:rPr') this.paragraph?.property(element)
  }

  private openInStory(element: Opened): void {
    const { name, get } = element
    if (name === 'w:p') this.beginParagraph()
    else if (name === 'w:pPr') this.inProperties = true
    else if (isRun(name)) {
      this.run = { look: new RunLook(this.sheet), former: null, isFormer: false, note: null }
    } else if (name === 'w:tbl') {
      if (this.tables.length === 0) this.find('a table')
      const last = this.story.paragraphs.at(-1)
      if (last?.cell === this.cell) {
        this.story.paragraphs[this.story.paragraphs.length - 1] = { ...last, endsBeforeTable: true }
      }
      this.tables.push({ row: untouched, cell: untouched, outside: this.cell })
    } else if (name === 'w:tr' || name === 'w:tc') this.openInTable(name)
    else if (name === 'w:cellIns') this.reviseCell('inserted', element)
    else if (name === 'w:cellDel') this.reviseCell('deleted', element)
    else if (name === 'w:footnote' || name === 'w:endnote' || name === 'w:comment') {
      this.story = { paragraphs: [], findings: [], comments: [] }
      // A separator is a line, not a note.
      if ((get('type') ?? 'normal') === 'normal') this.stories.set(get('id') ?? '', this.story)
      if (name === 'w:comment') this.signers.set(get('id') ?? '', this.signed(element))
    }
  }

  private openInTable(name: 'w:tr' | 'w:tc'): void {
    const table = this.tables.at(-1)
    if (!table) return
    table.cell = untouched
    if (name === 'w:tc') this.cell = ++this.cells
    else table.row = untouched
  }

  private reviseCell(aspect: keyof Trace, element: Opened): void {
    const table = this.tables.at(-1)
    if (table) table.cell = { ...table.cell, [aspect]: this.signed(element) }
  }

  private openInRun(run: OpenRun, element: Opened, parent: string): void {
    const { name, get } = element
    if (parent === 'w:rPr') {
      if (name === 'w:rPrChange') {
        run.former = { look: new RunLook(this.sheet), by: this.signed(element) }
        run.isFormer = true
      } else if (run.isFormer) run.former!.look.take(element)
      else run.look.take(element)
    } else if (isText(name)) {
      this.letters = ''
      this.keepsSpace = get('space') === 'preserve'
    } else if (name === 'w:sym') this.sign(get)
    else if (name === 'w:fldChar') this.field(get('fldCharType'))
    else if (name === 'w:footnoteReference') {
      const note = get('id')
      this.endMark()
      const isTyped = ['1', 'true', 'on'].includes(get('customMarkFollows') ?? '')
      if (note !== null && isTyped) this.marked = { note, hasMark: false }
      run.note = note
      if (!isTyped) this.write('')
    } else if (name === 'w:commentReference') {
      this.story.comments.push({ id: get('id') ?? '', paragraph: this.number })
    } else if (signs[name] !== undefined) this.write(signs[name])
  }

  private sign(get: Opened['get']): void {
    const code = Number.parseInt(get('char') ?? '', 16)
    const isPrivate = !(code >= 0x20 && code < 0xd800)
    if (isPrivate) this.find(`a sign of the font ${get('font') ?? '?'}`)
    this.write(isPrivate ? '\u{FFFD}' : String.fromCharCode(code))
  }

  /** A change of what is no format of ours, as of colour or size, is told. */
  private endFormerLook(): void {
    const { run } = this
    if (!run?.former) return
    run.isFormer = false
    if (run.former.look.formats.join() === run.look.formats.join())
      this.find('a change of formatting')
  }

  private field(type: string | null): void {
    if (type === 'begin') {
      this.fields.push(true)
      this.find(told['w:fldSimple']!)
    } else if (type === 'separate' && this.fields.length > 0) this.fields.splice(-1, 1, false)
    else if (type === 'end') this.fields.pop()
  }

  private endText(): void {
    const letters = (this.letters ?? '').replace(/[\t\n]/g, ' ')
    this.letters = null
    this.write(this.keepsSpace ? letters : letters.replace(/^ +| +$/g, ''))
  }

  private write(text: string): void {
    const { run, paragraph } = this
    if (!run || !paragraph || this.fields.includes(true)) return
    if (text === '' && run.note === null) return
    if (text !== '' && run.note === null && !run.look.isReference) this.endMark()
    if (this.marked) this.marked.hasMark = true
    const note = run.note ?? this.marked?.note ?? null
    const former = run.former && { formats: run.former.look.formats, by: run.former.by }
    const isOwn = paragraph.write(text, this.traces.at(-1)!, run.look.formats, former, note)
    if (isOwn && ++this.pieces > mostPieces) throw tooMuch(`${mostPieces} pieces of text`)
  }

  private endMark(): void {
    if (this.marked?.hasMark === false) this.find('a footnote without a mark, which is not taken')
    this.marked = null
  }

  private beginParagraph(): void {
    this.endParagraph()
    if (++this.paragraphs > mostParagraphs) throw tooMuch(`${mostParagraphs} paragraphs`)
    const row = this.tables.reduce(
      (all, table) => together(together(all, table.row), table.cell),
      untouched,
    )
    const { number, cell } = this
    this.paragraph = new ParagraphReader({ number, cell, row })
  }

  private endParagraph(): void {
    this.endMark()
    if (this.paragraph) this.story.paragraphs.push(this.paragraph.close())
    this.paragraph = null
    this.inProperties = false
  }

  /** The paragraph that is being read, or the one to come. */
  private get number(): number {
    return this.story.paragraphs.length + 1
  }

  private find(what: string): void {
    const paragraph = this.number
    const { findings } = this.story
    const isKnown = (finding: Finding) => finding.paragraph === paragraph && finding.what === what
    if (!findings.slice(-8).some(isKnown)) findings.push({ paragraph, what })
  }

  /** One object for each author and time, so that letters of one revision can be told by it. */
  private signed({ get }: Opened): Signed {
    const utc = get('dateUtc')
    const signed = {
      author: get('author'),
      date: utc ?? get('date'),
      isUtc: utc !== null,
      ...this.behind.get(get('id') ?? ''),
    }
    const key = JSON.stringify(signed)
    const known = this.signatures.get(key)
    if (known) return known
    this.signatures.set(key, signed)
    return signed
  }
}

const together = (a: Trace, b: Trace): Trace =>
  b === untouched ? a : { inserted: a.inserted ?? b.inserted, deleted: a.deleted ?? b.deleted }

const tooMuch = (what: string): Refusal =>
  new Refusal('too-large', `The document has more than ${what}.`)
