/** What the routes work with, as values, so that a test composes its own. */
import type { Contributions, Corpus } from '@revmark/corpus'
import type { BaseLogger } from 'pino'
import type { Metrics } from '../metrics.ts'
import type { Doorkeeper } from '../doorkeeper.ts'
import type { IdentityProvider } from '../identity.ts'
import type { Typesetter } from '../pdf/typesetter.ts'
import type { Rooms } from '../room/rooms.ts'
import type { Store } from '../store/store.ts'
import type { WordReader } from '../word/word-reader.ts'
import type { Dice } from '../secret.ts'
import type { Limiter } from './limiter.ts'
import type { AllowsOrigin } from './origin.ts'
import type { Trust } from './proxies.ts'

export interface Services {
  readonly store: Store
  readonly rooms: Rooms
  readonly doorkeeper: Doorkeeper
  readonly corpus: Corpus
  readonly contributions: Contributions
  readonly typesetter: Typesetter
  readonly wordReader: WordReader
  readonly dice: Dice
  readonly log: BaseLogger
  readonly metrics: Metrics
  /** null: people come by links only. */
  readonly identity: IdentityProvider | null
  readonly allowsOrigin: AllowsOrigin
  readonly limiter: Limiter
  /** Which machines may say from where somebody comes. */
  readonly trusts: Trust
  /** Whether people come by https, so that cookies may demand it. */
  readonly secure: boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
}
