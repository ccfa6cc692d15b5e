/** The editor: a draft's text on the sheet, to read and to amend. */
export { DraftEditor } from './draft-editor.tsx'
export type { DraftEditorHandle } from './draft-editor.tsx'
export type { LabelledItem } from './labelling.ts'
export type { Flag } from './conflict-marks.ts'
export { movesIn } from './move-marks.ts'
export { Search } from './search.ts'
export type { Found, Query } from './search.ts'
export type { Stance } from './setting.ts'
