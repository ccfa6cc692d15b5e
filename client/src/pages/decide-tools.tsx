/** What the chair does with the words selected in the text. Each has its key there, too. */
import type { Verb } from '@revmark/shared/ledger'
import { Brackets, Check, X } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { decidingKeys } from '../editor/index.ts'
import { Button } from '../ui/button.tsx'
import { toldWith } from '../ui/keys.ts'

const icons = { accept: Check, reject: X, bracket: Brackets } as const

const tools = decidingKeys.map(({ does, keys: [key], words }) => ({
  verb: does,
  name: words,
  Icon: icons[does],
  told: toldWith(key, words),
}))

export function DecideTools({ onDecide }: { readonly onDecide: (verb: Verb) => void }) {
  return (
    <Toolbar.Root className="tools" aria-label="Decide the selection">
      {tools.map(({ verb, name, Icon, told }) => (
        <Toolbar.Button key={verb} asChild>
          <Button
            kind="quiet"
            aria-label={name}
            {...told}
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
