/** Random drafts before engines that we did not write: what each accepts and rejects. */
import { isDeepStrictEqual } from 'node:util'
import { exportDocx } from '../../src/docx/index.ts'
import type { Reading } from '../../src/docx/index.ts'
import { styleOf } from '../../src/docx/styles.ts'
import { inBrackets } from '../../src/ledger/brackets.ts'
import type { Paragraph, Projection, View } from '../../src/ledger/index.ts'
import { isNoteMarker } from '../../src/ledger/marker.ts'
import { markedViews, plainText } from '../../src/text/index.ts'
import { readFootnotes, readParagraphs } from '../docx-reading.ts'
import { doubtsOfDocxodus, faultOfOpenXml, settledByDocxodus } from './docxodus.ts'
import { aroundFaults, settledLines, comparedNote } from './libreoffice-faults.ts'
import { aroundPandoc, readByPandoc } from './pandoc.ts'
import type { RandomDraft } from './random-draft.ts'

export const readings = ['accepted', 'rejected'] as const

/** One view of a draft as a Word file. */
export const viewFile = ({ ledger }: Pick<RandomDraft, 'ledger'>, view: View): Uint8Array =>
  exportDocx({ text: ledger.project(view), among: ledger.project('marked'), ...facts })

/** The view that a reading must be. */
const viewOf = { accepted: 'clean', rejected: 'base' } as const

const facts = { title: 'Resolution 45', language: 'en', delegations: [], at: Date.UTC(2017, 9, 9) }

/** The draft with all its marks as a Word file. */
export const markedFile = ({ ledger }: Pick<RandomDraft, 'ledger'>): Uint8Array =>
  exportDocx({ text: markedViews(ledger), ...facts })

/** Styles and texts of a view, the empty paragraph that ends the file, and then the footnotes. */
export function paragraphsOf(projection: Projection): { style: string; text: string }[] {
  const lines = plainText(projection).split('\n')
  const told = projection.paragraphs.map((paragraph, i) => ({
    style: styleOf(paragraph),
    text: lines[i]!,
  }))
  const isNote = (_: unknown, i: number) => isNoteMarker(projection.paragraphs[i]!.marker)
  return [
    ...told.filter((one, i) => !isNote(one, i)),
    { style: 'Reasons', text: '' },
    ...told.filter(isNote),
  ]
}

/** A file's paragraphs, the footnotes last. */
export const paragraphsIn = (docx: Uint8Array): { style: string; text: string }[] => [
  ...readParagraphs(docx),
  ...readFootnotes(docx),
]

/** The words of a view without white space, those of a footnote where it is referred to. */
function wordsOf({ paragraphs }: Projection): string {
  const bodies = new Map(paragraphs.map((paragraph) => [paragraph.marker.n, paragraph]))
  const wordsIn = (paragraph: Paragraph): string =>
    [...inBrackets(paragraph)]
      .map((one) => {
        const body = one.type === 'bracket' || !one.note ? undefined : bodies.get(one.note.id)
        return body ? wordsIn(body) : one.text
      })
      .join('')
  return paragraphs
    .filter(({ marker }) => !isNoteMarker(marker))
    .map((paragraph) => (paragraph.label.view ?? '') + wordsIn(paragraph))
    .join('')
    .replaceAll(/\s/g, '')
}

/** A draft that an engine read otherwise than we meant it, and how. */
export interface Failure {
  readonly engine: string
  readonly reading: Reading
  readonly seed: number
  readonly message: string
}

/** Judges drafts by engines; what was judged how often is in `counts`. */
export class Judgement {
  readonly failures: Failure[] = []
  private readonly engines = new Map<string, Record<Reading, number>>()

  /** docxodus on styles and texts, its proof, and the Open XML SDK's validator. */
  async byDocxodus(draft: RandomDraft): Promise<void> {
    const marked = markedFile(draft)
    const [before, after] = (['base', 'clean'] as const).map((view) => viewFile(draft, view))
    const doubts = await doubtsOfDocxodus(before!, after!, marked)
    const fault = await faultOfOpenXml(marked)
    for (const reading of readings) {
      const settled = await settledByDocxodus(marked, reading)
      const meant = paragraphsOf(draft.ledger.project(viewOf[reading]))
      this.compare('docxodus: styles and texts', reading, draft, paragraphsIn(settled), meant)
      this.compare('docxodus: proof of reversibility', reading, draft, doubts[reading], null)
      this.compare('Open XML SDK: valid', reading, draft, fault, null)
    }
  }

  /** pandoc on words, white space aside. */
  byPandoc(draft: RandomDraft): void {
    const marked = markedFile(draft)
    for (const reading of readings) {
      const meant = wordsOf(draft.ledger.project(viewOf[reading]))
      const read = readByPandoc(aroundPandoc(marked, reading), reading).replaceAll(/\s/g, '')
      this.compare('pandoc: words', reading, draft, read, meant)
    }
  }

  /**
   * LibreOffice on paragraphs and on footnotes, which its text files leave out, started once for all
   * drafts, of files told around its own faults.
   */
  byLibreOffice(drafts: readonly RandomDraft[]): void {
    for (const reading of readings) {
      const files = drafts.map((draft) => aroundFaults(markedFile(draft), reading))
      const lines = settledLines(files, reading)
      for (const [i, draft] of drafts.entries()) {
        const told = paragraphsOf(draft.ledger.project(viewOf[reading]))
        const meant = told.map(({ style, text }) =>
          style === 'FootnoteText' ? comparedNote(text) : text,
        )
        this.compare('LibreOffice: paragraphs', reading, draft, lines[i], meant)
      }
    }
  }

  /** A table in Markdown: engine by reading, equal of all. */
  table(): string[] {
    const failed = (engine: string, reading: Reading) =>
      this.failures.filter((one) => one.engine === engine && one.reading === reading).length
    return [
      '| engine | accepted | rejected |',
      '|---|---:|---:|',
      ...[...this.engines].map(([engine, all]) => {
        const cells = readings.map(
          (reading) => `${all[reading] - failed(engine, reading)} of ${all[reading]}`,
        )
        return `| ${engine} | ${cells.join(' | ')} |`
      }),
    ]
  }

  private compare(
    engine: string,
    reading: Reading,
    { seed }: RandomDraft,
    read: unknown,
    meant: unknown,
  ): void {
    const all = this.engines.get(engine) ?? { accepted: 0, rejected: 0 }
    all[reading]++
    this.engines.set(engine, all)
    if (isDeepStrictEqual(read, meant)) return
    const message = `read ${JSON.stringify(read)}, meant ${JSON.stringify(meant)}`
    this.failures.push({ engine, reading, seed, message })
  }
}
