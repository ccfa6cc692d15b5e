/** The tokens as they stand in the style sheet: every ink is readable, every delegation different. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inks, lookOf, strokes } from '../src/ui/look.ts'

const css = readFileSync(new URL('../src/ui/tokens.css', import.meta.url), 'utf8')
const [light, dark] = css.split('@media screen and (prefers-color-scheme: dark)')

type Colour = readonly [number, number, number]

function colour(theme: string, name: string): Colour {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(theme)?.[1]
  if (!hex) throw new RangeError(`no --${name} in the theme`)
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
  return [channel(0), channel(2), channel(4)]
}

/** WCAG 2.2, relative luminance. */
function luminance([r, g, b]: Colour): number {
  const linear = (value: number) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

function contrast(a: Colour, b: Colour): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

/** `color-mix(in srgb, ...)`. */
const mixed = (a: Colour, share: number, b: Colour): Colour => [
  a[0] * share + b[0] * (1 - share),
  a[1] * share + b[1] * (1 - share),
  a[2] * share + b[2] * (1 - share),
]

test('the formula is the one of WCAG', () => {
  expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21)
  expect(contrast([255, 255, 255], [0x76, 0x76, 0x76])).toBeCloseTo(4.54, 1)
})

describe.each([
  ['light', light!],
  ['dark', dark!],
])('in the %s theme', (_name, theme) => {
  const sheet = colour(theme, 'sheet')
  const strength = Number(/--tint-strength: (\d+)%/.exec(theme)![1]) / 100

  test.each(Array.from({ length: inks }, (_, i) => i))(
    'ink %i is readable on the sheet, the frame, a chosen row and its own tint',
    (i) => {
      const ink = colour(theme, `ink-${i}`)
      const grounds = [
        sheet,
        colour(theme, 'frame'),
        colour(theme, 'accent-soft'),
        mixed(ink, strength, sheet),
      ]
      for (const ground of grounds) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(['ink', 'ink-soft', 'ink-faint', 'accent', 'good', 'bad', 'warn'])(
    '%s is readable on every ground of the frame',
    (name) => {
      for (const ground of ['desk', 'frame', 'sheet', 'hover']) {
        const ratio = contrast(colour(theme, name), colour(theme, ground))
        expect(ratio, `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    },
  )
})

test('fifty delegations look different, and neighbours differ without colour', () => {
  const looks = Array.from({ length: inks * strokes }, (_, i) => JSON.stringify(lookOf(i)))
  expect(new Set(looks).size).toBe(inks * strokes)
  for (let i = 0; i + 1 < 50; i++) {
    expect(lookOf(i)['data-stroke']).not.toBe(lookOf(i + 1)['data-stroke'])
  }
})

test('a place in the order that is none is refused', () => {
  expect(() => lookOf(-1)).toThrow(RangeError)
  expect(() => lookOf(0.5)).toThrow(RangeError)
})
