/** A text as one HTML page that stands alone: no script, nothing loaded, ready to be printed. */
import type { Projection } from '../ledger/paragraph.ts'
import { endsByItself, isChanged, paragraphMarks, untouchedBlock } from '../text/paragraph-marks.ts'
import { NumberLineLooks } from '../text/number-line.ts'
import { signersOf } from '../text/signers.ts'
import { blocksOf, blocksWithMarks, byRevision } from '../text/story.ts'
import type { Block, MarkedViews, Revision, Run } from '../text/story.ts'
import { attributes, element, escapeXml, formatted } from '../text/xml.ts'
import { styleSheet } from './look.ts'

export interface PageExport {
  /** One view as it reads, or the three views from which the marks are written. */
  readonly text: Projection | MarkedViews
  /** "Resolution 45 (Rev. Dubai, 2014)" */
  readonly title: string
  /** A BCP 47 tag. */
  readonly language: string
  /** The names that sign revisions; a delegation that is not among them signs with its code. */
  readonly delegations: readonly { readonly code: string; readonly name: string }[]
}

/**
 * Writes a view, or the marked text with `ins` and `del`, as an HTML document in ITU's look. Each
 * `ins` and `del` says in `title` whose it is; a legend names the delegations. A pilcrow in `ins` or
 * `del` is the end of a paragraph that is inserted or deleted by itself, as where two are joined. A
 * paragraph that was moved says in `data-moved`, which the style sheet shows, from where or to where.
 */
export function exportPage({ text, title, language, delegations }: PageExport): string {
  const isMarked = 'marked' in text
  const blocks = isMarked ? blocksWithMarks(text) : blocksOf(text)
  const signers = signersOf(blocks)
  const names = new Map(delegations.map(({ code, name }) => [code, name]))
  const writer = new Writer(signers, names)
  const legend = signers.map((code) => element('p', {}, writer.sample(code))).join('')
  const head =
    '<meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    element('title', {}, escapeXml(title)) +
    element('style', {}, styleSheet(signers.length))
  const body = (legend && element('div', { class: 'legend' }, legend)) + writer.text(blocks)
  const root = { lang: language, dir: /^(?:ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr' }
  return `<!doctype html>\n<html${attributes(root)}>\n<head>${head}</head>\n<body>\n${body}</body>\n</html>\n`
}

class Writer {
  private readonly signers: readonly string[]
  private readonly names: ReadonlyMap<string, string>
  private readonly looks = new NumberLineLooks()
  /** The footnotes of the text by their ids, counted from 1. */
  private readonly notes = new Map<string, number>()

  constructor(signers: readonly string[], names: ReadonlyMap<string, string>) {
    this.signers = signers
    this.names = names
  }

  text(blocks: readonly Block[]): string {
    for (const { note } of blocks) if (note) this.notes.set(note, this.notes.size + 1)
    const marks = paragraphMarks([...blocks, untouchedBlock('text')])
    return blocks.map((block, k) => `${this.paragraph(block, marks[k]!)}\n`).join('')
  }

  /** A line of the legend: the name as its marks look. */
  sample(code: string): string {
    const name = this.nameOf(code)
    const by = (revision: Revision, word: string) => this.revised(word, revision)
    return (
      by({ inserted: code, deleted: null }, `inserted by ${name}`) +
      ' ' +
      by({ inserted: null, deleted: code }, 'deleted')
    )
  }

  private paragraph(block: Block, mark: Revision): string {
    const { shape, runs } = block
    this.looks.begin(block)
    const label = runs.filter(({ part }) => part === 'label')
    const text = runs.filter(({ part }) => part === 'text')
    const pilcrow = endsByItself(block, mark) ? this.pilcrow(mark) : ''
    const letters = this.letters(text) + pilcrow
    const classes = [
      shape.kind,
      shape.level > 1 && `level-${Math.min(shape.level, 4)}`,
      label.length > 0 && 'labelled',
      isChanged(block, mark) && 'changed',
    ]
    return element(
      'p',
      {
        class: classes.filter(Boolean).join(' '),
        id: block.note ? this.anchorOf(block.note) : null,
        dir: 'auto',
        ...(block.moved && { 'data-moved': block.moved }),
      },
      label.length === 0
        ? letters || '<br>'
        : element('span', { class: 'label' }, this.letters(label).replaceAll('&#9;', '')) +
            `<span>${letters}</span>`,
    )
  }

  private letters(runs: readonly Run[]): string {
    return byRevision(runs)
      .map(([revision, group]) => {
        const inner = group.map((run) => this.linked(formatted(this.set(run), run.formats), run))
        return this.revised(inner.join(''), revision)
      })
      .join('')
  }

  /** The number of a footnote leads to it. */
  private linked(html: string, { reference }: Run): string {
    const anchor = reference ? this.anchorOf(reference.note) : null
    return anchor === null ? html : element('a', { href: `#${anchor}` }, html)
  }

  private anchorOf(note: string): string | null {
    const number = this.notes.get(note)
    return number === undefined ? null : `footnote-${number}`
  }

  /** What stands in brackets keeps its letters among capitals: "RESOLUTION 45 (Rev. Dubai, 2014)". */
  private set(run: Run): string {
    return this.looks
      .stretches(run)
      .map(({ text, look }) =>
        look === 'as written'
          ? element('span', { class: 'written' }, escapeXml(text))
          : escapeXml(text),
      )
      .join('')
  }

  private pilcrow(mark: Revision): string {
    return this.revised('<span class="mark">¶</span>', mark)
  }

  private revised(html: string, { inserted, deleted }: Revision): string {
    const inner = deleted === null ? html : this.signed('del', deleted, html)
    return inserted === null ? inner : this.signed('ins', inserted, inner)
  }

  private signed(name: 'ins' | 'del', code: string, html: string): string {
    return element(
      name,
      { class: `by-${this.signers.indexOf(code)}`, title: this.nameOf(code) },
      html,
    )
  }

  private nameOf(code: string): string {
    return this.names.get(code) ?? code
  }
}
