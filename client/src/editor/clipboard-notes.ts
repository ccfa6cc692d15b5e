/** Footnotes in HTML from elsewhere: a link to a sign that links back, as every word processor writes. */

/** Where references lead, and what is no words of the text. */
export interface HtmlNotes {
  /** The element with the words of a footnote, by the link that refers to it. */
  readonly bodies: ReadonlyMap<Element, Element>
  /** The signs before a footnote's words, which lead back to its reference. */
  readonly signs: ReadonlySet<Element>
}

/** A reference whose footnote did not come along is told by these. */
export const isBareReference = (link: Element): boolean =>
  link.matches(
    '[style*="mso-footnote-id"], [style*="mso-endnote-id"], .sdfootnoteanc, .sdendnoteanc, ' +
      '[href*="#_ftn"], [href*="#_edn"], [href*="#ftnt"], [href*="#cite_note"], ' +
      '[role="doc-noteref"], [data-footnote-ref]',
  )

/** A sign whose reference did not come along. */
export const isBareSign = (link: Element): boolean =>
  link.matches(
    '[href*="#_ftnref"], [href*="#_ednref"], .sdfootnotesym, .sdendnotesym, [href*="#ftnt_ref"], ' +
      '[href*="#cite_ref"], [role="doc-backlink"], [data-footnote-backref]',
  )

/** A number, a letter or a sign, in brackets or not. */
const sign = /^[[(]?(?:[\p{L}\p{N}]{1,4}|[*†‡§]{1,3})[\])]?$/u

/** Finds the footnotes of a document: Word's, LibreOffice's, Google Docs', those of web pages. */
export function notesIn(page: Document): HtmlNotes {
  const links = [...page.querySelectorAll('a[href*="#"]')]
  const targets = new Map<string, Element>()
  for (const element of page.querySelectorAll('[id], a[name]')) {
    for (const name of [element.id, element.getAttribute('name')])
      if (name && !targets.has(name)) targets.set(name, element)
  }
  const targetOf = (link: Element) =>
    targets.get(decoded(link.getAttribute('href')!.split('#').at(-1)!))
  const bodies = new Map<Element, Element>()
  const signs = new Set<Element>()
  for (const link of links) {
    const target = signs.has(link) || !sign.test(wordsIn(link)) ? undefined : targetOf(link)
    if (!target) continue
    const inside = [...target.querySelectorAll('a[href*="#"]')]
    const back = [target, ...inside].find((one) => {
      const home = one.matches('a[href*="#"]') ? targetOf(one) : undefined
      return home && one !== link && isAround(home, link)
    })
    const body = back && bodyOf(back)
    if (!body || body.contains(link)) continue
    bodies.set(link, body)
    signs.add(back)
  }
  return { bodies, signs }
}

/** Whether what a footnote leads back to is a reference: the link, or an element that is only it. */
const isAround = (home: Element, link: Element): boolean =>
  link.contains(home) || (home.contains(link) && wordsIn(home) === wordsIn(link))

function bodyOf(back: Element): Element | null {
  const own = back.closest(
    'li, aside, ' +
      ['sdfootnote', 'sdendnote', 'ftn', 'edn', 'fn'].map((id) => `div[id^="${id}"]`).join(', '),
  )
  return own ?? back.closest('p, td, div')
}

const wordsIn = ({ textContent }: Element): string => textContent.trim()

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
