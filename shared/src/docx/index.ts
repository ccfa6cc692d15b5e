export { exportDocx } from './export.ts'
export type { DocxExport } from './export.ts'
export type { NumberLine } from './number-line.ts'
export * from './reader/index.ts'
