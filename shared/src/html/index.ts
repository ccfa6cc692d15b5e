export { exportPage } from './page.ts'
export type { PageExport } from './page.ts'
