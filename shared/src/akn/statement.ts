/**
 * A resolution as Akoma Ntoso 3.0 (OASIS LegalDocML) in the profile of the United Nations, AKN4UN,
 * where a resolution is a `statement`: preface, preamble with recitals, operative part, annexes.
 */
import { blocksOf, blocksWithMarks } from '../text/story.ts'
import type { Block, MarkedViews, Run } from '../text/story.ts'
import { declaration, element } from '../text/xml.ts'
import type { Projection } from '../ledger/paragraph.ts'
import { metaXml } from './meta.ts'
import type { Description } from './meta.ts'
import { outlineOf } from './outline.ts'
import type { Branch, Outline, Part } from './outline.ts'
import { Revisions } from './revisions.ts'

export interface StatementExport extends Description {
  /** One view as it reads, or the three views from which the marks are written. */
  readonly text: Projection | MarkedViews
}

/**
 * Writes a view, or the marked text with `ins` and `del`, as one XML document, valid against the
 * schema of Akoma Ntoso 3.0. Labels are `num`, without their tab; who has revised what, in whose
 * name, stands at each `ins` and `del` and in the list of modifications; a paragraph that only one
 * of the two texts has is a `split` or a `join` in that list where its letters do not tell it.
 */
export function exportStatement({ text, ...description }: StatementExport): string {
  const isMarked = 'marked' in text
  const outline = outlineOf(isMarked ? blocksWithMarks(text) : blocksOf(text), description.language)
  const body = new Body()
  const parts = body.write(outline)
  const meta = metaXml(description, body.revisions.analysis(), isMarked)
  const statement = element(
    'statement',
    { name: 'resolution', contains: isMarked ? 'multipleVersions' : 'singleVersion' },
    meta + parts,
  )
  return (
    declaration +
    element('akomaNtoso', { xmlns: 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0' }, statement)
  )
}

/** What stands behind the metadata. */
class Body {
  readonly revisions = new Revisions()

  write({ preface, opening, recitals, operative, annexes, notes }: Outline): string {
    const containers = [
      ...operative.map((part, k) => this.container(part, 'operative', `body_${k + 1}`)),
      ...annexes.map((part, k) => this.container(part, 'annex', `annex_${k + 1}`)),
    ]
    const noted = notes.map((block, k) => this.hierarchy({ block, branches: [] }, `note_${k + 1}`))
    if (noted.length > 0)
      containers.push(element('hcontainer', { name: 'notes', eId: 'notes' }, noted.join('')))
    return (
      element('preface', {}, preface.map((block, k) => this.head(block, k)).join('')) +
      this.preamble(opening, recitals) +
      element('mainBody', {}, containers.join('') || element('p', {}))
    )
  }

  private head(block: Block, k: number): string {
    const id = `preface_${k + 1}`
    const name = block.shape.kind === 'number' ? 'docNumber' : 'docTitle'
    return element('p', { eId: id }, element(name, {}, this.labelled(block, id)))
  }

  private preamble(opening: readonly Block[], recitals: readonly Part[]): string {
    const formulas = opening.map((block, k) => {
      const id = `formula_${k + 1}`
      const text = element('p', {}, this.labelled(block, id))
      return element('formula', { name: 'enactingFormula', eId: id }, text)
    })
    const reasons = recitals.map(({ heads, branches }, k) => {
      const id = `recs_${k + 1}`
      const list = branches.map((branch, at) =>
        this.item(branch, 'recital', `${id}__rec_${at + 1}`),
      )
      // The schema wants a recital in each.
      return element(
        'recitals',
        { eId: id },
        this.heading(heads, id) + (list.join('') || emptyRecital(id)),
      )
    })
    const all = [...formulas, ...reasons].join('')
    return all === '' ? '' : element('preamble', {}, all)
  }

  private item({ block, branches }: Branch, name: 'recital' | 'item', id: string): string {
    const list = branches.map((branch, k) =>
      this.item(branch, 'item', `${id}__list__item_${k + 1}`),
    )
    return element(
      name,
      { eId: id },
      this.label(block, id) +
        element('p', {}, this.letters(block, id)) +
        (list.length > 0 ? element('blockList', { eId: `${id}__list` }, list.join('')) : ''),
    )
  }

  private container({ heads, branches }: Part, name: string, id: string): string {
    const list = branches.map((branch, k) => this.hierarchy(branch, `${id}__para_${k + 1}`))
    const content = list.join('') || element('content', {}, element('p', {}))
    return element('hcontainer', { name, eId: id }, this.heading(heads, id) + content)
  }

  private hierarchy({ block, branches }: Branch, id: string): string {
    const text = element('p', {}, this.letters(block, id))
    const points = branches.map((branch, k) => this.hierarchy(branch, `${id}__point_${k + 1}`))
    return element(
      branches.length > 0 || !/__point_/.test(id) ? 'paragraph' : 'point',
      { eId: id },
      this.label(block, id) +
        (points.length > 0
          ? element('intro', {}, text) + points.join('')
          : element('content', {}, text)),
    )
  }

  private heading(heads: readonly Block[], id: string): string {
    const letters = heads.map((block) => this.labelled(block, id)).filter((text) => text !== '')
    return element('heading', {}, letters.join(element('eol', {})))
  }

  private label(block: Block, id: string): string {
    const letters = this.labelLetters(block, id)
    return letters === '' ? '' : element('num', {}, letters)
  }

  /** A label's own revision stands in it letter by letter; the tab is the reader's to set. */
  private labelLetters({ runs }: Block, id: string): string {
    const label = runs
      .filter(({ part }) => part === 'label')
      .map((run) => ({ ...run, text: run.text.replace('\t', '') }))
      .filter(({ text }) => text !== '')
    return this.revisions.write(label, id)
  }

  /** Where there is no place for a `num`, as where an item is to become a heading. */
  private labelled(block: Block, id: string): string {
    return this.labelLetters(block, id) + this.letters(block, id)
  }

  private letters({ runs, revision, base, clean, shapedBy }: Block, id: string): string {
    if (shapedBy !== undefined) this.revisions.structural('substitution', shapedBy, id)
    const text = runs.filter(({ part }) => part === 'text')
    const { inserted, deleted } = revision
    // Letters that both texts have, in a paragraph that one of them has not.
    if (text.some((run) => survives(run, revision)) && (base === null) !== (clean === null)) {
      if (inserted !== null) this.revisions.structural('split', inserted, id)
      else if (deleted !== null) this.revisions.structural('join', deleted, id)
    }
    return this.revisions.write(text, id)
  }
}

const survives = ({ revision }: Run, block: Block['revision']): boolean =>
  block.inserted !== null ? revision.inserted === null : revision.deleted === null

const emptyRecital = (id: string): string =>
  element('recital', { eId: `${id}__rec_1` }, element('p', {}))
