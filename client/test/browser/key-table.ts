/** The table by which the editor's keys were built: what a browser would do, and what must come of it. */
import type { Point } from './page.ts'

/** In the line where everything happens, where no other one is named. */
export const point = (letters: string, line = 4, side: Point['side'] = 'behind'): Point => ({
  line,
  letters,
  side,
})

export const before = (letters: string, line = 4): Point => point(letters, line, 'before')

/** All lines from the fifth on; in each row of the table the first ones are these. */
export const [line, ...others] = [
  'one +B(OWN )two +CAN(FOR )-B(three) -CAN(four) five;',
  'six seven;',
  'eight;',
  '+B(¶)',
] as const

/** A row: its key, what must come of it, and what is seen of that. */
export interface Row {
  readonly row: string
  readonly must: string
  readonly from: Point
  readonly to?: Point
  readonly keys: readonly string[]
  readonly seen: readonly string[]
  /** Where the same letters stand in the clean view: the keys do the same there. */
  readonly clean?: Point
}

export const rows: readonly Row[] = [
  {
    row: 'Backspace after a letter of the text in force',
    must: 'struck, the caret before it',
    from: point('tw'),
    keys: ['Backspace'],
    seen: ['one +B(OWN )t|-B(w)o +CAN(FOR )-B(three) -CAN(four) five;', ...others],
    clean: point('tw'),
  },
  {
    row: 'Delete before a letter of the text in force',
    must: 'struck, the caret behind it',
    from: point('tw'),
    keys: ['Delete'],
    seen: ['one +B(OWN )tw-B(o)| +CAN(FOR )-B(three) -CAN(four) five;', ...others],
    clean: point('tw'),
  },
  {
    row: 'Backspace behind own struck text',
    must: 'passes over it and takes the next letter, as in the clean view',
    from: point('three'),
    keys: ['Backspace'],
    seen: ['one +B(OWN )two +CAN(FOR)|-B(+CAN( ))-B(three) -CAN(four) five;', ...others],
    clean: point('FOR '),
  },
  {
    row: 'Ctrl+Backspace behind own struck text',
    must: 'passes over it and takes the next word, as in the clean view',
    from: point('three'),
    keys: ['Control+Backspace'],
    seen: ['one +B(OWN )two |-B(+CAN(FOR ))-B(three) -CAN(four) five;', ...others],
    clean: point('FOR '),
  },
  {
    row: 'Backspace within own struck text',
    must: 'the letter before the run, not one of it',
    from: point('thr'),
    keys: ['Backspace'],
    seen: ['one +B(OWN )two +CAN(FOR)|-B(+CAN( ))-B(three) -CAN(four) five;', ...others],
  },
  {
    row: 'Backspace through another’s struck text',
    must: 'proposed by both',
    from: point('four'),
    keys: ['Backspace', 'Backspace'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(three) -CAN(fo)|-B,CAN(ur) five;', ...others],
  },
  {
    row: 'Delete before own struck text',
    must: 'the mirror image',
    from: before('three'),
    keys: ['Delete'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(three)-B( )|-CAN(four) five;', ...others],
  },
  {
    row: 'Ctrl+Delete before own struck text',
    must: 'the mirror image',
    from: before('three'),
    keys: ['Control+Delete'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(three)-B( )-B,CAN(four)| five;', ...others],
  },
  {
    row: 'Delete through another’s struck text',
    must: 'proposed by both, the caret behind it',
    from: before('four'),
    keys: ['Delete', 'Delete'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(three) -B,CAN(f)-B,CAN(o)|-CAN(ur) five;', ...others],
  },
  {
    row: 'arrows over struck text',
    must: 'letter by letter',
    from: before('three'),
    keys: ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(th|ree) -CAN(four) five;', ...others],
  },
  {
    row: 'typing within own struck text',
    must: 'behind the run, and the caret follows',
    from: point('thr'),
    keys: ['x', 'y'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(three)+B(xy)| -CAN(four) five;', ...others],
  },
  {
    row: 'typing within another’s struck text',
    must: 'behind the run, and the caret follows',
    from: point('fo'),
    keys: ['x', 'y'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(three) -CAN(four)+B(xy)| five;', ...others],
  },
  {
    row: 'typing at the start of struck text',
    must: 'behind it, as where the clean view hides it',
    from: before('three'),
    keys: ['x'],
    seen: ['one +B(OWN )two +CAN(FOR )-B(three)+B(x)| -CAN(four) five;', ...others],
    clean: point('FOR '),
  },
  {
    row: 'typing at the start of another’s words',
    must: 'plain own words',
    from: before('FOR'),
    keys: ['x'],
    seen: ['one +B(OWN )two +B(x)|+CAN(FOR )-B(three) -CAN(four) five;', ...others],
    clean: before('FOR'),
  },
  {
    row: 'typing within another’s words',
    must: 'own words, which divide them',
    from: point('FO'),
    keys: ['x'],
    seen: ['one +B(OWN )two +CAN(FO)+B(x)|+CAN(R )-B(three) -CAN(four) five;', ...others],
    clean: point('FO'),
  },
  {
    row: 'Enter at the start of a paragraph',
    must: 'an own one before it, its words stay with their mark',
    from: before('one'),
    keys: ['Enter'],
    seen: ['+B(¶)', `|${line}`, ...others],
    clean: before('one'),
  },
  {
    row: 'Enter at the start of a paragraph, then Backspace',
    must: 'the own mark vanishes',
    from: before('one'),
    keys: ['Enter', 'Backspace'],
    seen: [`|${line}`, ...others],
    clean: before('one'),
  },
  {
    row: 'Enter within a paragraph, then Backspace',
    must: 'the own mark vanishes',
    from: point('tw'),
    keys: ['Enter', 'Backspace'],
    seen: ['one +B(OWN )tw|o +CAN(FOR )-B(three) -CAN(four) five;', ...others],
    clean: point('tw'),
  },
  {
    row: 'Enter over a selection across paragraphs',
    must: 'the words struck, one own mark in their place',
    from: point('fi'),
    to: point('si', 5),
    keys: ['Enter'],
    seen: [
      'one +B(OWN )two +CAN(FOR )-B(three) -CAN(four) fi-B(ve;)',
      '-B(¶)-B(si)',
      '+B(¶)|x seven;',
      'eight;',
      '+B(¶)',
    ],
  },
  {
    row: 'Backspace at the start of a paragraph',
    must: 'its mark struck, the caret at the end of the one before',
    from: before('six', 5),
    keys: ['Backspace'],
    seen: [`${line}|`, '-B(¶)six seven;', 'eight;', '+B(¶)'],
    clean: before('six', 5),
  },
  {
    row: 'Backspace at the start of a paragraph, twice',
    must: 'then the last letter of the one before',
    from: before('six', 5),
    keys: ['Backspace', 'Backspace'],
    seen: [`${line.slice(0, -1)}|-B(;)`, '-B(¶)six seven;', 'eight;', '+B(¶)'],
    clean: before('six', 5),
  },
  {
    row: 'Backspace behind a mark already struck',
    must: 'only moves',
    from: before('six', 5),
    keys: ['Backspace', 'ArrowRight', 'Backspace'],
    seen: [`${line}|`, '-B(¶)six seven;', 'eight;', '+B(¶)'],
  },
  {
    row: 'Delete at the end of a paragraph',
    must: 'the next one’s mark struck, the caret behind it',
    from: point('five;'),
    keys: ['Delete'],
    seen: [line, '-B(¶)|six seven;', 'eight;', '+B(¶)'],
    clean: point('five;'),
  },
  {
    row: 'typing over a selection across paragraphs',
    must: 'own words behind what is struck',
    from: point('fi'),
    to: point('si', 5),
    keys: ['x', 'y'],
    seen: [
      'one +B(OWN )two +CAN(FOR )-B(three) -CAN(four) fi-B(ve;)',
      '-B(¶)-B(si)+B(xy)|x seven;',
      'eight;',
      '+B(¶)',
    ],
  },
]
