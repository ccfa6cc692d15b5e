/** What the chair does with the words selected in the text. Each has its key there, too. */
import type { Verb } from '@revmark/shared/ledger'
import { Brackets, Check, X } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { Button } from '../ui/button.tsx'

const tools = [
  ['accept', 'Accept the selection', Check, 'Alt+A'],
  ['reject', 'Reject the selection', X, 'Alt+R'],
  ['bracket', 'Bracket the selection', Brackets, 'Alt+B'],
] as const satisfies readonly (readonly [Verb, string, typeof Check, string])[]

export function DecideTools({ onDecide }: { readonly onDecide: (verb: Verb) => void }) {
  return (
    <Toolbar.Root className="tools" aria-label="Decide the selection">
      {tools.map(([verb, name, Icon, keys]) => (
        <Toolbar.Button key={verb} asChild>
          <Button
            kind="quiet"
            aria-label={name}
            aria-keyshortcuts={keys}
            title={`${name} (${keys})`}
            // The selection stays where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onDecide(verb)}
          >
            <Icon aria-hidden="true" />
          </Button>
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  )
}
