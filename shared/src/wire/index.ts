export * from './api.ts'
export * from './library.ts'
export * from './message.ts'
export * from './presence.ts'
