import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprint, sha256Hex } from '../src/resolution/index.ts'
import type { Provision } from '../src/resolution/index.ts'

const item: Provision = { kind: 'item', level: 1, label: 'a)', text: 'one', formats: [] }

describe('the fingerprint', () => {
  test('is SHA-256 over the canonical lines as they are documented', () => {
    const lines =
      '["number",1,null,"RESOLUTION 1 (Geneva, 2024)",[]]\n' +
      '["item",2,"a)","\\"é\\" 日本 𠀀",[[0,3,"italic"],[4,6,"bold"],[4,6,"italic"]]]'
    const provisions: Provision[] = [
      { ...item, kind: 'number', label: null, text: 'RESOLUTION 1 (Geneva, 2024)' },
      {
        ...item,
        level: 2,
        text: '"é" 日本 𠀀',
        formats: [
          { from: 4, to: 6, format: 'italic' },
          { from: 4, to: 6, format: 'bold' },
          { from: 0, to: 3, format: 'italic' },
        ],
      },
    ]
    expect(fingerprint(provisions)).toBe(createHash('sha256').update(lines, 'utf8').digest('hex'))
  })

  test.each<[string, Partial<Provision>]>([
    ['kind', { kind: 'text' }],
    ['level', { level: 2 }],
    ['label', { label: 'b)' }],
    ['missing label', { label: null }],
    ['text', { text: 'One' }],
    ['white space', { text: 'one ' }],
    ['format', { formats: [{ from: 0, to: 1, format: 'bold' }] }],
  ])('changes with the %s', (_, change) => {
    expect(fingerprint([{ ...item, ...change }])).not.toBe(fingerprint([item]))
  })

  test('tells two paragraphs from one', () => {
    expect(fingerprint([item, item])).not.toBe(fingerprint([{ ...item, text: 'one\none' }]))
  })
})

test('sha256Hex agrees with the platform’s SHA-256 on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
    }),
  )
})
