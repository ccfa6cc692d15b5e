/** Reads HTML from the clipboard: our own, word processors', web pages'. Nothing of it is run or fetched. */
import { heldLetters } from '@revmark/shared/gate'
import type { Format, FormatSpan } from '@revmark/shared/resolution'
import { kinds } from '@revmark/shared/resolution'
import type { Shape } from '@revmark/shared/text'
import { lookIn } from './clipboard-look.ts'
import { isBareReference, isBareSign, notesIn } from './clipboard-notes.ts'
import type { HtmlNotes } from './clipboard-notes.ts'
import { asOneLine, held, part } from './passage.ts'
import type { IncomingNote, ReadBlock, Words } from './passage.ts'

/** What a draft has no place for, or shows in another way, counted. */
export interface LeftOut {
  pictures: number
  comments: number
  /** Footnotes whose words did not come along. */
  notes: number
  /** Tables whose cells have become paragraphs. */
  tables: number
}

export interface ReadHtml {
  readonly blocks: readonly ReadBlock[]
  readonly leftOut: Readonly<LeftOut>
  /** Whether it comes from a sheet of ours, this one or another. */
  readonly isOurs: boolean
}

export function readHtml(html: string): ReadHtml {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const isOurs =
    page.querySelector('[data-pm-slice] [data-kind], [data-pm-slice][data-kind]') !== null
  const reader = new Reader(notesIn(page), isOurs)
  reader.inFragment = !html.includes('<!--StartFragment-->')
  reader.readIn(page.body)
  return { blocks: reader.finished, leftOut: reader.leftOut, isOurs }
}

const paragraphTags =
  /^(?:P|DIV|LI|UL|OL|H\d|TABLE|TR|TD|TH|CAPTION|DL|DT|DD|BLOCKQUOTE|PRE|SECTION|ARTICLE|HEADER|FOOTER|MAIN|ASIDE|NAV|FIGURE|FIGCAPTION|ADDRESS|CENTER|FORM|FIELDSET|DETAILS|SUMMARY|HR)$/

const silentTags = /^(?:SCRIPT|STYLE|HEAD|META|LINK|TITLE|TEMPLATE|NOSCRIPT|DEL)$/

const pictureTags = /^(?:IMG|SVG|VIDEO|AUDIO|CANVAS|IFRAME|OBJECT|EMBED)$/i

/** In what words stand: their look, how deep in lists, whether spaces and line ends count. */
interface Setting {
  readonly look: readonly Format[]
  readonly depth: number
  readonly isPre: boolean
}

interface Item {
  readonly level: number
  isBegun: boolean
}

/** HTML that is the words of one paragraph, every space of it. */
function readWords(html: string): Words {
  const reader = new Reader(noNotes, true)
  reader.readIn(new DOMParser().parseFromString(html, 'text/html').body)
  return asOneLine({ paragraphs: reader.finished, isWhole: false })
}

const noNotes: HtmlNotes = { bodies: new Map(), signs: new Set() }

class Reader {
  readonly leftOut: LeftOut = { pictures: 0, comments: 0, notes: 0, tables: 0 }
  /** Some programs say in comments where what was selected begins and ends. */
  inFragment = true
  private readonly notes: HtmlNotes
  private readonly bodies: ReadonlySet<Element>
  private readonly isOurs: boolean
  private readonly blocks: ReadBlock[] = []
  private readonly noteIds = new Set<string>()
  private block = new BlockInMaking(false)
  private item: Item | null = null

  constructor(notes: HtmlNotes, isOurs: boolean) {
    this.notes = notes
    this.bodies = new Set(notes.bodies.values())
    this.isOurs = isOurs
  }

  readIn(element: Element): void {
    this.children(element, { look: [], depth: 0, isPre: this.isOurs })
  }

  get finished(): readonly ReadBlock[] {
    this.begin(null)
    return this.blocks
  }

  private children(element: Element, setting: Setting): void {
    for (const child of element.childNodes) {
      if (child instanceof Text) this.text(child, setting)
      else if (child instanceof Comment) {
        if (child.data === 'StartFragment') this.inFragment = true
        if (child.data === 'EndFragment') this.inFragment = false
      } else if (child instanceof HTMLElement) this.element(child, setting)
      else if (child instanceof Element && this.inFragment && pictureTags.test(child.tagName))
        this.leftOut.pictures++
    }
  }

  private text({ data, parentElement }: Text, { look, isPre }: Setting): void {
    if (!this.inFragment) return
    if (isPre) {
      const [head, ...lines] = data.split(/\r\n?|\n/)
      this.block.add(head!, look)
      for (const line of lines) {
        this.begin(this.block.shape)
        this.block.add(line, look)
      }
      return
    }
    const isLayout = data.includes('\n') && data.trim() === ''
    if (isLayout && parentElement?.tagName === 'BODY') return
    this.block.flow(data.replace(/[ \t\n\r\f]+/g, ' '), look)
  }

  private element(element: HTMLElement, setting: Setting): void {
    const { tagName, style } = element
    const own = element.getAttribute('style') ?? ''
    if (silentTags.test(tagName) || element.hidden || style.display === 'none') return
    if (element.hasAttribute('data-clipboard-label')) return
    if (/mso-list:\s*ignore|mso-hide:\s*all|mso-element:\s*comment-list/i.test(own)) return
    if (this.inFragment && this.isAside(element)) return
    if (this.isNote(element)) return
    const look = lookIn(element, setting.look)
    const isPre =
      setting.isPre || tagName === 'PRE' || /^(?:pre|break-spaces)/.test(style.whiteSpace)
    const inner = { ...setting, look, isPre }
    if (/mso-tab-count/i.test(own)) this.block.add('\t', look)
    else if (/mso-spacerun/i.test(own) || element.className === 'Apple-converted-space')
      this.block.add(' ', look)
    else if (!paragraphTags.test(tagName)) this.children(element, inner)
    else this.paragraph(element, inner)
  }

  /** Pictures, signs of comments, line ends: what is no words. */
  private isAside(element: HTMLElement): boolean {
    if (pictureTags.test(element.tagName)) this.leftOut.pictures++
    else if (element.classList.contains('msocomanchor')) this.leftOut.comments++
    else if (element.tagName !== 'BR') return false
    else if (element.className !== 'Apple-interchange-newline') this.begin(this.block.shape)
    return true
  }

  /** References to footnotes, and the footnotes, which come with them. */
  private isNote(element: HTMLElement): boolean {
    const { notes, inFragment } = this
    const words = element.getAttribute('data-clipboard-note')
    if (words !== null) {
      this.noteIds.add(element.dataset['note'] ?? '')
      this.block.refer(readWords(words))
      return true
    }
    if (notes.signs.has(element) || (element.tagName === 'A' && isBareSign(element))) return true
    const body = notes.bodies.get(element)
    if (body && inFragment) this.block.refer(this.wordsOf(body))
    else if (element.tagName === 'A' && isBareReference(element) && inFragment) this.leftOut.notes++
    else if (!body) return this.bodies.has(element)
    return true
  }

  /** The words of a footnote, as one paragraph. */
  private wordsOf(body: Element): Words {
    const reader = new Reader({ ...noNotes, signs: this.notes.signs }, false)
    reader.readIn(body)
    const words = asOneLine({ paragraphs: held(reader.finished), isWhole: false })
    const start = words.text.length - words.text.trimStart().length
    return part({ ...words, notes: [], shape: null }, start, words.text.length)
  }

  private paragraph(element: HTMLElement, setting: Setting): void {
    const { tagName, dataset } = element
    // A footnote of our own that was copied along with its reference.
    if (dataset['kind'] === 'footnote' && this.noteIds.has(dataset['note'] ?? '')) return
    if (tagName === 'TABLE' && this.inFragment)
      this.leftOut.tables += element.querySelectorAll('td, th').length > 1 ? 1 : 0
    const isList = tagName === 'UL' || tagName === 'OL'
    const depth = setting.depth + (isList ? 1 : 0)
    const former = this.item
    const level = levelOf(element, depth)
    this.begin(shapeOf(element))
    if (level !== null) this.item = { level, isBegun: false }
    this.children(element, { ...setting, depth })
    this.begin(null)
    this.item = former
  }

  /** Ends the paragraph in the making, and begins another. */
  private begin(shape: Shape | null): void {
    const { made } = this.block
    if (made && (this.isOurs || made.text.trim() !== '' || made.notes.length > 0)) {
      const { item } = this
      this.blocks.push({ ...made, list: item && { level: item.level, isItem: !item.isBegun } })
      if (item) item.isBegun = true
    }
    this.block = new BlockInMaking(true, this.isOurs, shape)
  }
}

/** What a paragraph of our own sheet says of itself; a number line and a footnote are not made by pasting. */
function shapeOf({ dataset }: HTMLElement): Shape | null {
  const kind = kinds.find((one) => one === dataset['kind'])
  const level = Number(dataset['level'])
  const isMade = kind && kind !== 'number' && kind !== 'footnote'
  return isMade && level >= 1 && level <= 9 ? { kind, level } : null
}

/** How deep an item of a list stands; null for what is none. */
function levelOf(element: HTMLElement, depth: number): number | null {
  if (element.tagName === 'LI')
    return Number(element.getAttribute('aria-level')) || Math.max(depth, 1)
  const word = /mso-list:\s*l\d+\s+level(\d)/i.exec(element.getAttribute('style') ?? '')
  return word && Number(word[1])
}

class BlockInMaking {
  readonly shape: Shape | null
  private text = ''
  private readonly formats: FormatSpan[] = []
  private readonly notes: IncomingNote[] = []
  /** Whether spaces at its ends are the layout of a source; what begins amid a paragraph keeps them. */
  private readonly isTrimmed: boolean

  constructor(isParagraph: boolean, isOurs = false, shape: Shape | null = null) {
    this.isTrimmed = isParagraph && !isOurs
    this.shape = shape
  }

  /** Letters among which spaces that follow spaces do not count. */
  flow(letters: string, look: readonly Format[]): void {
    const isAfterSpace = this.text === '' ? this.isTrimmed : /[ \t]$/.test(this.text)
    this.add(isAfterSpace ? letters.replace(/^ /, '') : letters, look)
  }

  add(letters: string, look: readonly Format[]): void {
    const from = this.text.length
    this.text += heldLetters(letters)
    const to = this.text.length
    if (from === to) return
    for (const format of look) {
      const last = this.formats.findLastIndex((span) => span.format === format)
      const goesOn = last >= 0 && this.formats[last]!.to === from
      if (goesOn) this.formats[last] = { ...this.formats[last]!, to }
      else this.formats.push({ from, to, format })
    }
  }

  refer(words: Words): void {
    this.notes.push({ ...words, at: this.text.length })
  }

  /** The paragraph; null where it has nothing. */
  get made(): Omit<ReadBlock, 'list'> | null {
    const text = this.isTrimmed ? this.text.trimEnd() : this.text
    if (text === '' && this.notes.length === 0) return null
    const clip = (at: number) => Math.min(at, text.length)
    return {
      text,
      formats: this.formats.flatMap((span) =>
        span.from < text.length ? [{ ...span, to: clip(span.to) }] : [],
      ),
      notes: this.notes.map((note) => ({ ...note, at: clip(note.at) })),
      shape: this.shape,
    }
  }
}
