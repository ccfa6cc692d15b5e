export * from './corpus.ts'
