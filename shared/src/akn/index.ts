export { exportStatement } from './statement.ts'
export type { StatementExport } from './statement.ts'
