/** Random drafts before engines that we did not write: what each accepts and rejects. */
import { isDeepStrictEqual } from 'node:util'
import { exportDocx } from '../../src/docx/index.ts'
import { styleOf } from '../../src/docx/styles.ts'
import type { Projection } from '../../src/ledger/index.ts'
import { markedViews, plainText } from '../../src/text/index.ts'
import { readParagraphs } from '../docx-reading.ts'
import { doubtsOfDocxodus, faultOfOpenXml, settledByDocxodus } from './docxodus.ts'
import { aroundFaults } from './libreoffice-faults.ts'
import { linesIn, savedByLibreOffice } from './libreoffice.ts'
import { readByPandoc } from './pandoc.ts'
import type { RandomDraft } from './random-draft.ts'

export const readings = ['accepted', 'rejected'] as const

export type Reading = (typeof readings)[number]

/** The view that a reading must be. */
const viewOf = { accepted: 'clean', rejected: 'base' } as const

const facts = { title: 'Resolution 45', language: 'en', delegations: [], at: Date.UTC(2017, 9, 9) }

/** The draft with all its marks as a Word file. */
export const markedFile = ({ ledger }: Pick<RandomDraft, 'ledger'>): Uint8Array =>
  exportDocx({ text: markedViews(ledger), ...facts })

/** A view and the empty paragraph that ends the file. */
const linesOf = (projection: Projection): string[] => plainText(projection).split('\n')

/** Styles and texts of a view, and the empty paragraph that ends the file. */
export function paragraphsOf(projection: Projection): { style: string; text: string }[] {
  const lines = linesOf(projection)
  return [
    ...projection.paragraphs.map((paragraph, i) => ({
      style: styleOf(paragraph),
      text: lines[i]!,
    })),
    { style: 'Reasons', text: '' },
  ]
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
    const [before, after] = (['base', 'clean'] as const).map((view) =>
      exportDocx({ text: draft.ledger.project(view), ...facts }),
    )
    const doubts = await doubtsOfDocxodus(before!, after!, marked)
    const fault = await faultOfOpenXml(marked)
    for (const reading of readings) {
      const settled = await settledByDocxodus(marked, reading)
      const meant = paragraphsOf(draft.ledger.project(viewOf[reading]))
      this.compare('docxodus: styles and texts', reading, draft, readParagraphs(settled), meant)
      this.compare('docxodus: proof of reversibility', reading, draft, doubts[reading], null)
      this.compare('Open XML SDK: valid', reading, draft, fault, null)
    }
  }

  /** pandoc on words, white space aside. */
  byPandoc(draft: RandomDraft): void {
    const marked = markedFile(draft)
    for (const reading of readings) {
      const meant = plainText(draft.ledger.project(viewOf[reading])).replaceAll(/\s/g, '')
      const read = readByPandoc(marked, reading).replaceAll(/\s/g, '')
      this.compare('pandoc: words', reading, draft, read, meant)
    }
  }

  /** LibreOffice on paragraphs, started once for all drafts, of files told around its own faults. */
  byLibreOffice(drafts: readonly RandomDraft[]): void {
    const files = drafts.map((draft) => aroundFaults(markedFile(draft)))
    const saved = savedByLibreOffice(files, ['accept:txt', 'reject:txt'])
    for (const [i, draft] of drafts.entries()) {
      for (const reading of readings) {
        const job = reading === 'accepted' ? 'accept:txt' : 'reject:txt'
        const meant = linesOf(draft.ledger.project(viewOf[reading]))
        const read = linesIn(saved[i]!.get(job)!)
        this.compare('LibreOffice: paragraphs', reading, draft, read, meant)
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
