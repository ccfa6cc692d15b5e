/** Sets of token ids and what covers them, against plain sets. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Coverage } from '../src/ledger/coverage.ts'
import type { Decision } from '../src/ledger/index.ts'
import {
  countOf,
  covers,
  eachRange,
  intersect,
  isCanonical,
  range,
  sameRanges,
  subtract,
  toRanges,
  union,
} from '../src/ledger/ranges.ts'
import type { Ranges } from '../src/ledger/ranges.ts'

const triples = fc
  .array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 30 }), fc.nat({ max: 8 })), { maxLength: 12 })
  .map((list) => list.flat())

function idsOf(flat: readonly number[]): Set<string> {
  const out = new Set<string>()
  eachRange(flat, (client, clock, length) => {
    for (let i = 0; i < length; i++) out.add(`${client}:${clock + i}`)
  })
  return out
}

const same = (set: Ranges, ids: ReadonlySet<string>): void => {
  expect(isCanonical(set)).toBe(true)
  expect(idsOf(set)).toEqual(ids)
  expect(countOf(set)).toBe(ids.size)
}

test('ranges are sets: canonical, with union, difference and intersection', () => {
  fc.assert(
    fc.property(triples, triples, (one, other) => {
      const [a, b] = [toRanges(one), toRanges(other)]
      const [inA, inB] = [idsOf(one), idsOf(other)]
      same(a, inA)
      const only = (keep: (id: string) => boolean) => new Set([...inA].filter(keep))
      same(union(a, b), new Set([...inA, ...inB]))
      same(
        subtract(a, b),
        only((id) => !inB.has(id)),
      )
      same(
        intersect(a, b),
        only((id) => inB.has(id)),
      )
      expect(sameRanges(a, b)).toBe(inA.size === inB.size && only((id) => !inB.has(id)).size === 0)
      for (const client of [0, 1, 2]) {
        for (let clock = 0; clock < 40; clock++) {
          expect(covers(a, client, clock)).toBe(inA.has(`${client}:${clock}`))
        }
      }
    }),
  )
})

test.each([
  [[1, 2]],
  [[1, 2, 0]],
  [[1, -2, 3]],
  [[1, 2, 3, 1, 4, 1]],
  [[1, 2, 3, 1, 5, 1]],
  [[2, 0, 1, 1, 0, 1]],
  [[1.5, 0, 1]],
])('%j is not canonical', (list) => {
  expect(isCanonical(list)).toBe(false)
})

test('a range without length is the empty set', () => {
  expect(range(1, 2, 0)).toEqual([])
  expect(range(1, 2, 3)).toEqual([1, 2, 3])
})

test('coverage gives back, for every token, the decisions that cover it in their order', () => {
  fc.assert(
    fc.property(fc.array(triples, { maxLength: 8 }), (sets) => {
      const coverage = new Coverage<string>()
      const covering = new Map<string, string[]>()
      sets.forEach((flat, i) => {
        const decision: Decision = {
          id: `d${i}`,
          verb: 'accept',
          ins: toRanges(flat),
          del: [],
          entries: [],
          w: [],
          j: [],
        }
        coverage.update(decision.ins, (cover) => ({ ...cover, ins: [...cover.ins, decision] }))
        for (const id of idsOf(flat)) covering.set(id, [...(covering.get(id) ?? []), decision.id])
      })
      for (const client of [0, 1, 2]) {
        const stretches = coverage.query(client, 0, 50)
        let at = 0
        for (const { clock, length, cover } of stretches) {
          expect(clock).toBe(at)
          for (let i = 0; i < length; i++) {
            const expected = covering.get(`${client}:${clock + i}`) ?? []
            expect((cover?.ins ?? []).map(({ id }) => id)).toEqual(expected)
          }
          at += length
        }
        expect(at).toBe(50)
      }
    }),
  )
})
