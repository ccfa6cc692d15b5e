/** The letters of a paragraph as Word's runs, within their revisions. */
import { grouped } from '../text/story.ts'
import type { Block, Revision, Run } from '../text/story.ts'
import type { Format } from '../resolution/provision.ts'
import type { Signature } from './signature.ts'
import { numberStyle } from './styles.ts'
import { element, escapeXml } from './xml.ts'

/**
 * How a number line is set. `published`, as in the final acts: capitals up to the bracket, then as
 * written, "RESOLUTION 45 (Rev. Dubai, 2014)". `capitals`, as in many proposals: all of it. The
 * letters of the text are the same; the capitals are a format.
 */
export type NumberLine = 'published' | 'capitals'

/** What a run looks like beside its paragraph's style. */
type Look = ReadonlySet<Format | 'number' | 'as written'>

interface LookedRun extends Pick<Run, 'text' | 'revision'> {
  readonly look: Look
}

/**
 * The content of a block's paragraph. Another's deletion of an insertion stands within it; runs of
 * one revision share its element.
 */
export function runsXml(block: Block, signature: Signature, numberLine: NumberLine): string {
  const runs = block.shape.kind === 'number' ? numberRuns(block.runs, numberLine) : looked(block)
  const within = (name: string, delegation: string | null, content: () => string): string =>
    delegation === null ? content() : `<${name}${signature.next(delegation)}>${content()}</${name}>`
  return grouped(runs, ({ revision }) => revision.inserted)
    .map(([inserted, group]) =>
      within('w:ins', inserted, () =>
        grouped(group, ({ revision }) => revision.deleted)
          .map(([deleted, equal]) => within('w:del', deleted, () => equal.map(runXml).join('')))
          .join(''),
      ),
    )
    .join('')
}

/**
 * The letters that label a preamble's own items are italic; their tabs and all other labels are
 * roman. Where a letter takes a number's place, each looks as it does in its own reading.
 */
function looked({ runs, shape }: Block): LookedRun[] {
  const isOwn = shape.kind === 'item' && shape.level === 1
  const isLettered = (hidden: keyof Revision): boolean =>
    runs.some(
      ({ part, text, revision }) =>
        part === 'label' && revision[hidden] === null && /\p{L}/u.test(text),
    )
  return runs.flatMap(({ part, text, revision, formats }): LookedRun[] => {
    if (part === 'text') return [{ text, revision, look: new Set(formats) }]
    const italic = isOwn && isLettered(revision.deleted === null ? 'deleted' : 'inserted')
    return (text.match(/\t|[^\t]+/g) ?? []).map((letters) => ({
      text: letters,
      revision,
      look: new Set<Format>(italic && letters !== '\t' ? ['italic'] : []),
    }))
  })
}

/** The number gets its character style, what stands in brackets its letters as written. */
function numberRuns(runs: readonly Run[], numberLine: NumberLine): LookedRun[] {
  let inBrackets = false
  return runs.flatMap(({ text, revision, formats }) =>
    (text.match(/\([^)]*|\)|\d+|[^()\d]+/g) ?? []).map((stretch) => {
      if (stretch.startsWith('(')) inBrackets = true
      if (stretch === ')') inBrackets = false
      const look = new Set<Format | 'number' | 'as written'>(formats)
      if (!inBrackets && /\d/.test(stretch)) look.add('number')
      if (inBrackets && numberLine === 'published') look.add('as written')
      return { text: stretch, revision, look }
    }),
  )
}

function runXml({ text, revision, look }: LookedRun): string {
  const letters = revision.deleted === null ? 'w:t' : 'w:delText'
  const content = text
    .split(/([\t\n])/)
    .map((part) =>
      part === ''
        ? ''
        : part === '\t'
          ? '<w:tab/>'
          : part === '\n'
            ? '<w:br/>'
            : `<${letters} xml:space="preserve">${escapeXml(part)}</${letters}>`,
    )
    .join('')
  const properties = propertiesOf(look)
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${content}</w:r>`
}

/** In the order that the schema asks for. */
const propertiesOf = (look: Look): string =>
  [
    look.has('number') && element('w:rStyle', { 'w:val': numberStyle }),
    look.has('bold') && '<w:b/><w:bCs/>',
    look.has('italic') && '<w:i/><w:iCs/>',
    look.has('as written') && '<w:caps w:val="0"/>',
    look.has('superscript') && '<w:vertAlign w:val="superscript"/>',
    look.has('subscript') && !look.has('superscript') && '<w:vertAlign w:val="subscript"/>',
  ]
    .filter((property) => property !== false)
    .join('')
