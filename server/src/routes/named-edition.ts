/** The edition that a request names. */
import type { Corpus } from '@revmark/corpus'
import type { Edition } from '@revmark/shared/resolution'
import { Failure } from './failure.ts'

export function namedEdition(corpus: Corpus, id: string): Edition {
  const edition = corpus.find(id)
  if (edition) return edition
  throw new Failure('unknown-text', `The library has no edition ${JSON.stringify(id)}.`)
}
