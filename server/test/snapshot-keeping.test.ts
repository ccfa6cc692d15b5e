import { expect, test } from 'vitest'
import { SnapshotKeeping } from '../src/room/snapshot-keeping.ts'

test('a snapshot follows 500 entries, not every 500 of a rush, and the end of a room', async () => {
  const taken: string[] = []
  const keeping = new SnapshotKeeping(
    'res45',
    { taken: 0, last: 0 },
    {
      newest: async () => null,
      sound: async () => null,
      take: async (draft) => void taken.push(draft),
    },
    (error) => {
      throw error
    },
  )
  keeping.grown(499)
  expect(taken).toEqual([])
  for (let seq = 500; seq <= 5000; seq += 100) {
    keeping.grown(seq)
    await Promise.resolve()
  }
  expect(taken).toHaveLength(1)
  await keeping.finish()
  expect(taken).toHaveLength(2)
  await keeping.finish()
  expect(taken).toHaveLength(2)
})
