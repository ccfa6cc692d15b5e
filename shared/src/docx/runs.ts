/** The letters of a paragraph as Word's runs, within their revisions. */
import { grouped } from '../text/story.ts'
import type { Block, Revision, Run } from '../text/story.ts'
import type { Format } from '../resolution/provision.ts'
import type { NumberLineLooks, NumberLook } from '../text/number-line.ts'
import { commentSign, commented, signsOf } from './comments.ts'
import type { FootnoteNames } from './footnotes.ts'
import type { Signature } from './signature.ts'
import { numberStyle, referenceStyle } from './styles.ts'
import { element, escapeXml } from '../text/xml.ts'

/** What a run looks like beside its paragraph's style. */
type Look = ReadonlySet<Format | NumberLook | 'reference'>

interface LookedRun extends Pick<Run, 'text' | 'revision'> {
  /** What stands before its letters and refers to a footnote, or from its body back; empty: nothing. */
  readonly reference: string
  /** Who revised the body of that footnote, in which no comments can stand. */
  readonly signers?: readonly string[]
  readonly look: Look
  /** What it looked like in the text in force, and who changed that. */
  readonly former: { readonly look: Look; readonly by: string } | null
}

/**
 * The content of a block's paragraph. Another's deletion of an insertion stands within it; runs of
 * one revision share its element. `numberLine` must have seen the blocks before; null where the
 * number line is in capitals. `names` has the footnotes to which runs refer.
 */
export function runsXml(
  block: Block,
  signature: Signature,
  numberLine: NumberLineLooks | null,
  names: FootnoteNames,
): string {
  const within = (name: string, signer: string | null, content: () => string): string => {
    if (signer === null) return content()
    const comment = signature.comment(signer)
    const opening = `<${name}${signature.next(signer)}>`
    if (comment === null) return `${opening}${content()}</${name}>`
    return commented(comment, `${opening}${content()}${commentSign(comment)}</${name}>`)
  }
  return grouped(looked(block, numberLine, names), ({ revision }) => revision.inserted)
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
function looked(
  block: Block,
  numberLine: NumberLineLooks | null,
  names: FootnoteNames,
): LookedRun[] {
  const { runs } = block
  numberLine?.begin(block)
  const looks = labelLooks(block)
  return runs.flatMap((run, i): LookedRun[] => {
    const { part, revision, formats, former: was } = run
    if (run.reference) return referring(run, runs[i - 1]?.reference !== run.reference, names)
    if (part === 'text') {
      const lookWith = (look: NumberLook | null, own = formats): Look =>
        new Set([...own, ...(look ? [look] : [])])
      const stretches = numberLine?.stretches(run) ?? [{ text: run.text, look: null, former: null }]
      return stretches.map(({ text, look, former }) => ({
        text,
        revision,
        reference: '',
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
    return lettersAndTabs(run.text).map((text) => ({
      text,
      revision,
      reference: '',
      ...(text === '\t' ? { look: plain, former: null } : { look, former }),
    }))
  })
}

const lettersAndTabs = (text: string): string[] => text.match(/\t|[^\t]+/g) ?? []

/** The number of a footnote, in the text or before its words: counted by Word, or as it is typed. */
function referring(
  { part, text, revision, formats, reference }: Run,
  isFirst: boolean,
  names: FootnoteNames,
): LookedRun[] {
  const { id, isTyped, signers } = names.get(reference!.note)!
  const custom = isTyped ? { 'w:customMarkFollows': 1 } : {}
  const isReference = part === 'text' && isFirst
  const isCounted = part === 'label' && !isTyped
  const sign = isReference
    ? element('w:footnoteReference', { ...custom, 'w:id': id })
    : isCounted
      ? '<w:footnoteRef/>'
      : ''
  const look: Look = new Set([
    ...formats.filter((format) => format !== 'superscript'),
    'reference' as const,
  ])
  const letters = isTyped ? lettersAndTabs(text) : []
  return (letters.length > 0 ? letters : ['']).map((each, i) => ({
    text: each,
    revision,
    reference: i === 0 ? sign : '',
    ...(i === 0 && isReference && { signers }),
    look: each === '\t' ? plain : look,
    former: null,
  }))
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

function runXml(
  { text, revision, reference, signers, look, former }: LookedRun,
  signature: Signature,
): string {
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
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${reference}${content}</w:r>${signsOf(signers ?? [], signature)}`
}

/** In the order that the schema asks for. */
const propertiesOf = (look: Look): string =>
  [
    look.has('number') && element('w:rStyle', { 'w:val': numberStyle }),
    look.has('reference') && element('w:rStyle', { 'w:val': referenceStyle }),
    look.has('bold') && '<w:b/><w:bCs/>',
    look.has('italic') && '<w:i/><w:iCs/>',
    look.has('as written') && '<w:caps w:val="0"/>',
    look.has('superscript') && '<w:vertAlign w:val="superscript"/>',
    look.has('subscript') && !look.has('superscript') && '<w:vertAlign w:val="subscript"/>',
  ]
    .filter((property) => property !== false)
    .join('')
