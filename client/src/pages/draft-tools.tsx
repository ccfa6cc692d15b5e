/** What the selection can be made: kind, level, formats. Each has its key in the text, too. */
import type { Format, Kind } from '@revmark/shared/resolution'
import { Asterisk, Bold, ChevronDown, IndentDecrease, IndentIncrease, Italic } from 'lucide-react'
import { MoveDown, MoveUp, Subscript, Superscript } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { useRef } from 'react'
import type { ComponentProps, RefObject } from 'react'
import { keyOf } from '../editor/index.ts'
import type { DraftEditorHandle, EditorAct, Stance } from '../editor/index.ts'
import { Button } from '../ui/button.tsx'
import { shownKeys, toldWith } from '../ui/keys.ts'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { kindWords } from '../ui/setting-words.ts'

const formatTools = [
  ['italic', 'Italic', Italic],
  ['bold', 'Bold', Bold],
  ['superscript', 'Superscript', Superscript],
  ['subscript', 'Subscript', Subscript],
] as const satisfies readonly (readonly [Format, string, typeof Bold])[]

/** What a tool says of its key. */
const keyed = (act: EditorAct, name: string) => toldWith(keyOf(act), name)

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
          note={`${shownKeys(keyOf('label'))}, or click the label`}
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
        {...keyed('outdent', 'Outdent')}
        disabled={!hasLevels || stance.level === 1}
        onClick={() => editor.current?.indent(-1)}
      >
        <IndentDecrease aria-hidden="true" />
      </Tool>
      <Tool
        aria-label="Indent"
        {...keyed('indent', 'Indent')}
        disabled={!hasLevels}
        onClick={() => editor.current?.indent(1)}
      >
        <IndentIncrease aria-hidden="true" />
      </Tool>
      <Tool
        aria-label="Move up"
        {...keyed('moveUp', 'Move up')}
        disabled={!isMovable}
        onClick={() => editor.current?.move('up')}
      >
        <MoveUp aria-hidden="true" />
      </Tool>
      <Tool
        aria-label="Move down"
        {...keyed('moveDown', 'Move down')}
        disabled={!isMovable}
        onClick={() => editor.current?.move('down')}
      >
        <MoveDown aria-hidden="true" />
      </Tool>
      {formatTools.map(([format, name, Icon]) => (
        <Tool
          key={format}
          aria-label={name}
          aria-pressed={stance?.formats.includes(format) ?? false}
          {...keyed(format, name)}
          disabled={cannot}
          onClick={() => editor.current?.format(format)}
        >
          <Icon aria-hidden="true" />
        </Tool>
      ))}
      <Tool
        aria-label="Footnote"
        {...keyed('note', 'Insert a footnote')}
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
