import { describe, expect, test } from 'vitest'
import { parseMarkup, printMarkup } from '../src/resolution/markup.ts'
import type { FormattedText } from '../src/resolution/markup.ts'

/** The text with each format's span in brackets after it: `abc [italic ab]`. */
function read(source: string): string {
  const result = parseMarkup(source)
  if ('message' in result) return `${result.offset}: ${result.message}`
  const spans = result.formats.map(
    ({ from, to, format }) => ` [${format} ${result.text.slice(from, to)}]`,
  )
  return result.text + spans.join('')
}

describe('marks of character formats', () => {
  test.each([
    ['affirms, *inter alia*, that', 'affirms, inter alia, that [italic inter alia]'],
    ['**a** b', 'a b [bold a]'],
    ['***a***', 'a [bold a] [italic a]'],
    ['*a**b*c**', 'abc [italic ab] [bold bc]'],
    ['countries^1^; H~2~O', 'countries1; H2O [superscript 1] [subscript 2]'],
    ['5 \\* 3, \\^ \\~ \\\\', '5 * 3, ^ ~ \\'],
  ])('read from %s, and printed as it', (source, expected) => {
    expect(read(source)).toBe(expected)
    expect(printMarkup(parseMarkup(source) as FormattedText)).toBe(source)
  })

  test.each([
    ['a *b', '2: italic begins here and never ends'],
    ['a **b*', '2: bold begins here and never ends'],
    ['a ^^ b', '3: nothing is superscript here'],
    ['^a^^b^', '3: superscript ends and begins again here: leave both marks out'],
    ['**a****b**', '5: bold ends and begins again here: leave both marks out'],
    ['a \\b', '2: a backslash stands only before * ^ ~ or another backslash'],
    ['a \\', '2: a backslash stands only before * ^ ~ or another backslash'],
  ])('are refused in %s, with the place', (source, expected) => {
    expect(read(source)).toBe(expected)
  })
})
