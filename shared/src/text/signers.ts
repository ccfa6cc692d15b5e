/** Who has revised a text, in the order of the text, and how their marks are told apart on paper. */
import type { Block } from './story.ts'

/** The codes of the delegations that insert or propose to delete something. */
export function signersOf(blocks: readonly Block[]): string[] {
  const signers = new Set<string>()
  for (const { revision, runs } of blocks) {
    for (const { inserted, deleted } of [revision, ...runs.map((run) => run.revision)]) {
      if (inserted !== null) signers.add(inserted)
      if (deleted !== null) signers.add(deleted)
    }
  }
  return [...signers]
}

const inks = [
  '#1b5cab',
  '#ad3d14',
  '#1c7038',
  '#7b3aa6',
  '#0a6b78',
  '#ab2168',
  '#66640c',
  '#9c2a31',
]
const strokes = ['solid', 'dashed', 'dotted'] as const

/**
 * The ink, at least 4.5:1 on white, and the stroke under the letters of the k-th signer. Twenty-four
 * differ in one of the two; neighbours in both, so that no mark is told by colour alone.
 */
export const signerLook = (k: number): { ink: string; stroke: (typeof strokes)[number] } => ({
  ink: inks[k % inks.length]!,
  stroke: strokes[k % strokes.length]!,
})
