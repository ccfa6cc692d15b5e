/** How letters look in HTML: by their tags, and by styles of their own, which outdo the tags. */
import type { Format } from '@revmark/shared/resolution'

const byTag: Readonly<Record<string, Format>> = {
  B: 'bold',
  STRONG: 'bold',
  I: 'italic',
  EM: 'italic',
  CITE: 'italic',
  DFN: 'italic',
  VAR: 'italic',
  SUP: 'superscript',
  SUB: 'subscript',
}

/** The look of the letters in an element that stands in letters of the look `outer`. */
export function lookIn(element: HTMLElement, outer: readonly Format[]): readonly Format[] {
  const look = new Set(outer)
  const tagged = byTag[element.tagName]
  if (tagged) look.add(tagged)
  const { fontWeight, fontStyle, verticalAlign } = element.style
  // A heading's weight is the paragraph's look, and no format of its letters.
  if (/^(?:bold|bolder|[6-9]00)$/.test(fontWeight) && !/^H\d$/.test(element.tagName))
    look.add('bold')
  else if (fontWeight !== '' && fontWeight !== 'inherit') look.delete('bold')
  if (/^(?:italic|oblique)/.test(fontStyle)) look.add('italic')
  else if (fontStyle === 'normal') look.delete('italic')
  // Of a cell it says where in its row the words stand.
  if (!/^T[DHR]$|^IMG$/.test(element.tagName)) {
    if (verticalAlign === 'super') look.add('superscript')
    else if (verticalAlign === 'sub') look.add('subscript')
    else if (verticalAlign === 'baseline') {
      look.delete('superscript')
      look.delete('subscript')
    }
  }
  return look.size === outer.length && outer.every((format) => look.has(format)) ? outer : [...look]
}
