export * from './api.ts'
export * from './message.ts'
