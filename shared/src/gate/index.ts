export { checkUpdate, mostBytes } from './gate.ts'
export { heldLetters } from './letters.ts'
export { refusalCodes } from './verdict.ts'
export type { RefusalCode, Sender, Verdict } from './verdict.ts'
