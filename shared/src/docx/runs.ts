/** The letters of a paragraph as Word's runs, within their revisions. */
import { grouped } from '../text/story.ts'
import type { Block, Revision, Run } from '../text/story.ts'
import type { Format } from '../resolution/provision.ts'
import type { NumberLineLooks, NumberLook } from '../text/number-line.ts'
import type { Signature } from './signature.ts'
import { numberStyle } from './styles.ts'
import { element, escapeXml } from '../text/xml.ts'

/** What a run looks like beside its paragraph's style. */
type Look = ReadonlySet<Format | NumberLook>

interface LookedRun extends Pick<Run, 'text' | 'revision'> {
  readonly look: Look
  /** What it looked like in the text in force, and who changed that. */
  readonly former: { readonly look: Look; readonly by: string } | null
}

/**
 * The content of a block's paragraph. Another's deletion of an insertion stands within it; runs of
 * one revision share its element. `numberLine` must have seen the blocks before; null where the
 * number line is in capitals.
 */
export function runsXml(
  block: Block,
  signature: Signature,
  numberLine: NumberLineLooks | null,
): string {
  const within = (name: string, delegation: string | null, content: () => string): string =>
    delegation === null ? content() : `<${name}${signature.next(delegation)}>${content()}</${name}>`
  return grouped(looked(block, numberLine), ({ revision }) => revision.inserted)
    .map(([inserted, group]) =>
      within('w:ins', inserted, () =>
        grouped(group, ({ revision }) => revision.deleted)
          .map(([deleted, equal]) =>
            within('w:del', deleted, () => equal.map((run) => runXml(run, signature)).join('')),
          )
          .join(''),
      ),
    )
    .join('')
}

/**
 * The letters that label a preamble's own items are italic; their tabs and all other labels are
 * roman. Where a letter takes a number's place, each looks as it does in its own reading.
 */
function looked(block: Block, numberLine: NumberLineLooks | null): LookedRun[] {
  const { runs } = block
  numberLine?.begin(block)
  const looks = labelLooks(block)
  return runs.flatMap((run): LookedRun[] => {
    const { part, revision, formats, former: was } = run
    if (part === 'text') {
      const lookWith = (look: NumberLook | null, own = formats): Look =>
        new Set([...own, ...(look ? [look] : [])])
      const stretches = numberLine?.stretches(run) ?? [{ text: run.text, look: null, former: null }]
      return stretches.map(({ text, look, former }) => ({
        text,
        revision,
        look: lookWith(look),
        former:
          was || former
            ? {
                look: lookWith(former ? former.look : look, was?.formats),
                by: was?.by ?? former!.by,
              }
            : null,
      }))
    }
    const { look, former } = looks(revision)
    return (run.text.match(/\t|[^\t]+/g) ?? []).map((text) =>
      text === '\t'
        ? { text, revision, look: plain, former: null }
        : { text, revision, look, former },
    )
  })
}

const plain: Look = new Set()
const italic: Look = new Set<Format>(['italic'])

/** What the letters of a label look like; where they stay and their look does not, who changed it. */
function labelLooks(block: Block): (revision: Revision) => Pick<LookedRun, 'look' | 'former'> {
  const labels = block.runs.filter(({ part }) => part === 'label')
  const lookOf = ({ kind, level }: Block['shape'], hidden: keyof Revision): Look =>
    kind === 'item' &&
    level === 1 &&
    labels.some(({ text, revision }) => revision[hidden] === null && /\p{L}/u.test(text))
      ? italic
      : plain
  const after = lookOf(block.clean ?? block.shape, 'deleted')
  const before = lookOf(block.base ?? block.shape, 'inserted')
  const by = block.shapedBy ?? labels.map(({ revision }) => revision.inserted).find((one) => one)
  const former = after !== before && by ? { look: before, by } : null
  return ({ inserted, deleted }) => {
    if (deleted !== null) return { look: before, former: null }
    return { look: after, former: inserted === null ? former : null }
  }
}

function runXml({ text, revision, look, former }: LookedRun, signature: Signature): string {
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
  const change =
    former &&
    `<w:rPrChange${signature.next(former.by)}>${element('w:rPr', {}, propertiesOf(former.look))}</w:rPrChange>`
  const properties = propertiesOf(look) + (change ?? '')
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
