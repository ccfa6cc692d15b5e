import { useState, useSyncExternalStore } from 'react'
import type { Shell } from '../session/index.ts'
import { Button } from '../ui/button.tsx'

/** Says that a newer version of the program is here. It comes in only when the person asks for it. */
export function NewVersion({ shell }: { readonly shell: Shell }) {
  const state = useSyncExternalStore(shell.subscribe, shell.snapshot)
  const [later, setLater] = useState(false)
  if (state === 'settled' || (state === 'waiting' && later)) return null
  return (
    <output className="new-version">
      {state === 'waiting' ? (
        <span>A new version of Revmark is here. It needs this page to be loaded anew.</span>
      ) : (
        <span>
          Another tab has brought in a new version of Revmark. This page is still the former one.
        </span>
      )}
      <span className="new-version-acts">
        <Button onClick={() => (state === 'waiting' ? shell.takeOver() : window.location.reload())}>
          Load it now
        </Button>
        {state === 'waiting' && (
          <Button kind="quiet" onClick={() => setLater(true)}>
            Later
          </Button>
        )}
      </span>
    </output>
  )
}
