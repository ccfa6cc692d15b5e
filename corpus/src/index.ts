export * from './contributions.ts'
export * from './corpus.ts'
