/** Labels that a hand gives an item instead of the one that is counted: `c bis)`, `3A`, none. */
import { latinWords } from './latin.ts'

/** What stands for the label that is counted, where a setting says that it is to be that one. */
export const automaticLabel = '*'

/** What stands for no label. */
export const noLabel = ''

/**
 * Up to 12 letters, digits and signs of counting, then any Latin words. One digit, full stop,
 * parenthesis, dash or bullet there is, so that the label is one for whoever reads it before a tab
 * (`docx/reader/roles.ts`).
 */
const label = new RegExp(
  `^(?=.*[\\d).–—•-])[\\p{L}\\p{N}().–—•-]{1,12}(?: ${latinWords}\\)?){0,2}$`,
  'u',
)

/** Whether a text can be set as a label. Spaces stand before Latin words only, and are plain ones. */
export const isLabel = (text: string): boolean => label.test(text)

/** Whether a setting may have this value: a label, none, or the one that is counted. */
export const isLabelValue = (value: string): boolean =>
  value === automaticLabel || value === noLabel || isLabel(value)
