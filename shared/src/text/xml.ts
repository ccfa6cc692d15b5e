/** XML and HTML as text: what OOXML parts, Akoma Ntoso and web pages are put together from. */
import type { Format } from '../resolution/provision.ts'

/** The declaration that every part begins with. */
export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Everything that is no Char of XML 1.0 (section 2.2), lone surrogates included. */
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/**
 * Text for an element or a double-quoted attribute. A character that XML cannot hold, not even as a
 * reference, becomes U+FFFD; white space comes back as it was.
 */
export const escapeXml = (text: string): string =>
  text.replace(illegal, '\u{FFFD}').replace(/[&<>"\t\n\r]/g, (char) => entities[char]!)

/** Attributes with a space before each; those that are null are left out. */
export const attributes = (values: Readonly<Record<string, string | number | null>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${escapeXml(String(value))}"`))
    .join('')

/** An element; empty ones are closed at once. */
export const element = (
  name: string,
  values: Readonly<Record<string, string | number | null>>,
  content = '',
): string =>
  content === ''
    ? `<${name}${attributes(values)}/>`
    : `<${name}${attributes(values)}>${content}</${name}>`

const elementOf: Readonly<Record<Format, string>> = {
  italic: 'i',
  bold: 'b',
  superscript: 'sup',
  subscript: 'sub',
}

/** Markup in the elements of its formats, which HTML and Akoma Ntoso name alike. */
export const formatted = (markup: string, formats: readonly Format[]): string =>
  formats.reduce((inner, format) => element(elementOf[format], {}, inner), markup)
