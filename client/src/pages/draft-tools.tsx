/** What the selection can be made: kind, level, formats. Each has its key in the text, too. */
import type { Format, Kind } from '@revmark/shared/resolution'
import { Asterisk, Bold, ChevronDown, IndentDecrease, IndentIncrease, Italic } from 'lucide-react'
import { MoveDown, MoveUp, Subscript, Superscript } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { useRef } from 'react'
import type { ComponentProps, RefObject } from 'react'
import type { DraftEditorHandle, Stance } from '../editor/index.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { kindWords } from '../ui/setting-words.ts'

const formatTools = [
  ['italic', 'Italic', Italic, 'Control+I'],
  ['bold', 'Bold', Bold, 'Control+B'],
  ['superscript', 'Superscript', Superscript, 'Control+.'],
  ['subscript', 'Subscript', Subscript, 'Control+,'],
] as const satisfies readonly (readonly [Format, string, typeof Bold, string])[]

const nameOf = (kind: Kind): string =>
  kindWords.find(([name]) => name === kind)?.[1] ?? (kind === 'number' ? 'Number line' : 'Footnote')

interface DraftToolsProps {
  readonly editor: RefObject<DraftEditorHandle | null>
  /** Where the selection stands; null where nothing can be set. */
  readonly stance: Stance | null
}

export function DraftTools({ editor, stance }: DraftToolsProps) {
  const asksLabel = useRef(false)
  const cannot = stance === null
  const isFixed = cannot || stance.kind === 'number' || stance.kind === 'footnote'
  const hasLevels = stance?.kind === 'item' || stance?.kind === 'text'
  const isMovable = hasLevels || stance?.kind === 'call'
  return (
    <Toolbar.Root className="tools" aria-label="Paragraph and letters">
      <Menu
        onLeave={() => {
          editor.current?.focus()
          // The dialog takes the focus once the menu has let go of it.
          if (asksLabel.current) editor.current?.askLabel()
          asksLabel.current = false
        }}
        trigger={
          <Tool disabled={isFixed} aria-label="Kind of paragraph">
            {stance ? nameOf(stance.kind) : 'Paragraph'}
            <ChevronDown aria-hidden="true" />
          </Tool>
        }
      >
        {kindWords.map(([kind, name]) => (
          <MenuItem key={kind} onSelect={() => editor.current?.make(kind)}>
            {name}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem
          note="F2, or click the label"
          disabled={stance?.kind !== 'item'}
          onSelect={() => {
            asksLabel.current = true
          }}
        >
          Set the label …
        </MenuItem>
      </Menu>
      <Tool
        aria-label="Outdent"
        aria-keyshortcuts="Shift+Tab"
        title="Outdent (Shift+Tab)"
        disabled={!hasLevels || stance.level === 1}
        onClick={() => editor.current?.indent(-1)}
      >
        <IndentDecrease aria-hidden="true" />
      </Tool>
      <Tool
        aria-label="Indent"
        aria-keyshortcuts="Tab"
        title="Indent (Tab)"
        disabled={!hasLevels}
        onClick={() => editor.current?.indent(1)}
      >
        <IndentIncrease aria-hidden="true" />
      </Tool>
      <Tool
        aria-label="Move up"
        aria-keyshortcuts="Alt+ArrowUp"
        title="Move up (Alt+↑)"
        disabled={!isMovable}
        onClick={() => editor.current?.move('up')}
      >
        <MoveUp aria-hidden="true" />
      </Tool>
      <Tool
        aria-label="Move down"
        aria-keyshortcuts="Alt+ArrowDown"
        title="Move down (Alt+↓)"
        disabled={!isMovable}
        onClick={() => editor.current?.move('down')}
      >
        <MoveDown aria-hidden="true" />
      </Tool>
      {formatTools.map(([format, name, Icon, keys]) => (
        <Tool
          key={format}
          aria-label={name}
          aria-pressed={stance?.formats.includes(format) ?? false}
          aria-keyshortcuts={keys}
          title={`${name} (${keys.replace('Control', 'Ctrl')})`}
          disabled={cannot}
          onClick={() => editor.current?.format(format)}
        >
          <Icon aria-hidden="true" />
        </Tool>
      ))}
      <Tool
        aria-label="Footnote"
        aria-keyshortcuts="Control+Alt+F"
        title="Insert a footnote (Ctrl+Alt+F)"
        disabled={cannot || stance.kind === 'footnote'}
        onClick={() => editor.current?.insertNote()}
      >
        <Asterisk aria-hidden="true" />
      </Tool>
    </Toolbar.Root>
  )
}

/** One tool: the arrow keys go along them, Tab passes all of them. */
const Tool = (props: ComponentProps<typeof Button>) => (
  <Toolbar.Button asChild>
    <Button kind="quiet" {...props} />
  </Toolbar.Button>
)
