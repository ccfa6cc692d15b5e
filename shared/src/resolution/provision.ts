/** What a resolution is made of: a flat list of provisions, each one paragraph of a known kind. */

/** The kinds of paragraph of an ITU resolution, in the order in which they usually first appear. */
export const kinds = [
  'number',
  'title',
  'adopting',
  'call',
  'item',
  'text',
  'footnote',
  'annexNumber',
  'annexTitle',
] as const

export type Kind = (typeof kinds)[number]

/** Character formats that a text in force may carry. */
export const formats = ['italic', 'bold', 'superscript', 'subscript'] as const

export type Format = (typeof formats)[number]

/** `format` holds for the UTF-16 offsets `from` (included) to `to` (excluded) of a provision's text. */
export interface FormatSpan {
  readonly from: number
  readonly to: number
  readonly format: Format
}

/** One paragraph: its kind, how deep it stands (1 is a call's own item), its literal label, its text. */
export interface Provision {
  readonly kind: Kind
  readonly level: number
  readonly label: string | null
  readonly text: string
  readonly formats: readonly FormatSpan[]
}
