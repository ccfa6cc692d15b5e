/** XML as text: what OOXML parts are put together from. */

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
