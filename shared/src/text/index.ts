export { criticMarkup, pilcrow } from './critic-markup.ts'
export {
  endsByItself,
  isChanged,
  isKept,
  paragraphMarks,
  untouchedBlock,
} from './paragraph-marks.ts'
export type { MarkedBlock } from './paragraph-marks.ts'
export { plainText } from './plain.ts'
export { signerLook, signersOf } from './signers.ts'
export { blocksOf, blocksWithMarks, grouped, kept, markedViews, sameRevision } from './story.ts'
export type { Block, MarkedViews, Revision, Run, Shape } from './story.ts'
export { NumberLineLooks } from './number-line.ts'
