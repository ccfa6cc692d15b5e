/** References of the text that have come to say another label than they mean. */
import { noRanges } from '@revmark/shared/ledger'
import type { StaleReference } from '@revmark/shared/ledger'
import { use, useSyncExternalStore } from 'react'
import type { Pointed } from '../editor/index.ts'
import type { Copy } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Delegations } from '../ui/chip.tsx'
import { counted } from '../ui/counted.ts'
import { isMendable, referenceWords } from './reference-words.ts'

interface ReferencesProps {
  readonly copy: Copy
  /** Writes what some have to say; null for who does not write. */
  readonly onMend: ((references: readonly StaleReference[]) => void) | null
  /** Go to its letters in the text. */
  readonly onGo: (letters: Pointed) => void
}

/** Lists them above the changes; nothing where there are none. */
export function References({ copy, onMend, onGo }: ReferencesProps) {
  const references = useSyncExternalStore(copy.changes.subscribe, copy.changes.references)
  const names = use(Delegations)
  if (references.length === 0) return null
  const mendable = references.filter(isMendable)
  return (
    <section className="references" aria-labelledby="references-head">
      <h3 id="references-head" aria-live="polite">
        {counted(references.length, 'reference')} to look at
      </h3>
      <ul>
        {references.map((one) => (
          <li key={one.r.join()}>
            <button
              type="button"
              className="reference-main"
              onClick={() =>
                onGo({ paragraph: one.paragraph, moves: [], ins: one.r, del: noRanges })
              }
            >
              <span className="reference-where">{one.address}</span>
              {referenceWords(one, (code) => names.get(code)?.name ?? code)}
            </button>
            {onMend && isMendable(one) && (
              <Button onClick={() => onMend([one])} aria-label={`Correct ${one.said}`}>
                Correct
              </Button>
            )}
          </li>
        ))}
      </ul>
      {onMend && mendable.length > 0 && (
        <Button aria-keyshortcuts="F9" onClick={() => onMend(mendable)}>
          Correct all
          <kbd aria-hidden="true">F9</kbd>
        </Button>
      )}
    </section>
  )
}
