/** Keys, clipboard and mouse: everything that speaks to the pen without ProseMirror's own commands. */
import { parseIdKey } from '@revmark/shared/ledger'
import { keydownHandler } from 'prosemirror-keymap'
import type { DirectEditorProps } from 'prosemirror-view'
import { refusal } from './binding.ts'
import type { Binding } from './binding.ts'
import { decidingKeys, editorKeys, leaveKey } from './editor-keys.ts'
import type { EditorAct } from './editor-keys.ts'
import { reachBackward, reachForward } from './erasing.ts'
import type { Reach, Unit } from './erasing.ts'
import type { Format } from '@revmark/shared/resolution'
import { askLabel } from './labelling.ts'
import { placeAt, spotAt } from './lines.ts'
import { drop, paste, replace } from './pasting.ts'
import { isCaret } from './selection.ts'
import type { Span } from './selection.ts'
import { followNote, goToBody, insertNote } from './noting.ts'
import { dropParagraphs, followMove, moveParagraphs } from './moving.ts'
import { format, indent } from './setting.ts'

/** What a chair decides with a key: by its place, since Alt makes other letters on some keyboards. */
const decidingAt = ({ code }: KeyboardEvent) =>
  decidingKeys.find(({ keys: [key] }) => code === `Key${key.slice(-1).toUpperCase()}`)?.does

/** Letters that come and go: the browser does it, and the binding reads what it has done. */
const nativeInput =
  /^(?:insert(?:Text|ReplacementText|CompositionText|FromComposition|Transpose)|delete\w*)$/

/** No line ends at them: as in Word, with Control and Shift. */
const hardSpace = '\u00A0'
const hardHyphen = '\u2011'

export function handlersOf(binding: Binding): Partial<DirectEditorProps> {
  const act = (run: () => void) => () => {
    if (!binding.canWrite) return false
    run()
    return true
  }
  // Tab is a tool here; after Escape the next one leaves the text.
  let leaves = false
  const tab = (by: 1 | -1) => () => !leaves && act(() => indent(binding, by))()
  const set = (name: Format) => act(() => format(binding, name))
  const acts: Readonly<Record<EditorAct, () => boolean>> = {
    break: act(() => breakLine(binding)),
    eraseBackward: act(() => eraseBackward(binding, 'grapheme')),
    eraseWordBackward: act(() => eraseBackward(binding, 'word')),
    eraseForward: act(() => eraseForward(binding, 'grapheme')),
    eraseWordForward: act(() => eraseForward(binding, 'word')),
    strike: act(() => strike(binding)),
    undo: act(() => turn(binding, 'undo')),
    redo: act(() => turn(binding, 'redo')),
    indent: tab(1),
    outdent: tab(-1),
    italic: set('italic'),
    bold: set('bold'),
    superscript: set('superscript'),
    subscript: set('subscript'),
    label: act(() => askLabel(binding)),
    note: act(() => insertNote(binding)),
    follow: () => followNote(binding) || followMove(binding),
    moveUp: act(() => moveParagraphs(binding, 'up')),
    moveDown: act(() => moveParagraphs(binding, 'down')),
    hardSpace: act(() => put(binding, hardSpace)),
    hardHyphen: act(() => put(binding, hardHyphen)),
  }
  const asked: Readonly<Record<string, () => boolean>> = {
    insertParagraph: acts.break,
    insertLineBreak: acts.break,
    historyUndo: acts.undo,
    historyRedo: acts.redo,
    formatItalic: acts.italic,
    formatBold: acts.bold,
    formatSuperscript: acts.superscript,
    formatSubscript: acts.subscript,
  }
  return {
    handleKeyDown: keydownHandler(
      Object.fromEntries(
        editorKeys.flatMap(({ does, keys }) => keys.map((key) => [key, acts[does]])),
      ),
    ),
    handleClickOn: (_view, _pos, node, _nodePos, event) => {
      if (node.type.name !== 'note' || event.shiftKey) return false
      return goToBody(binding, String(node.attrs['id']))
    },
    handleTextInput: (_view, from, to, text) => binding.type(from, to, text),
    handleDrop: (view, event, _slice, moved) => {
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
      const spot = at && spotAt(view.state.doc, at.pos)
      if (spot && !(moved && dropParagraphs(binding, spot)))
        drop(binding, event.dataTransfer, spot, moved)
      return true
    },
    handleDOMEvents: {
      click: (_view, event) => {
        const label = event.target instanceof Element && event.target.closest('.label')
        const provision = label && label.closest<HTMLElement>('[data-kind="item"]')
        if (provision) act(() => askLabel(binding, provision.dataset['key']))()
        return false
      },
      // What is typed goes where the last click was, also where its event is still to come.
      keydown: (_view, event) => {
        if (!event.isComposing) binding.settle()
        if (event.key !== 'Tab' && event.key !== 'Shift') leaves = event.key === leaveKey
        // Here, since ProseMirror hands no keys on from a text that is only read.
        const verb = event.altKey && !event.ctrlKey ? decidingAt(event) : undefined
        if (!verb || !binding.desk.decide) return false
        event.preventDefault()
        binding.desk.decide(verb)
        return true
      },
      // Here, before ProseMirror reads the whole of it in its own way.
      paste: (view, event) => {
        if (!binding.canWrite || view.composing || !event.clipboardData) return false
        event.preventDefault()
        paste(binding, event.clipboardData)
        return true
      },
      // What menus and keyboards on the screen ask for without a key.
      beforeinput: (_view, event) => {
        const { inputType } = event
        if (nativeInput.test(inputType) || !event.cancelable) return false
        event.preventDefault()
        const run = asked[inputType]
        if (run) run()
        else binding.desk.say(refusal)
        return true
      },
    },
  }
}

/** Writes a letter that no plain key of a keyboard has, in place of the selection. */
function put(binding: Binding, letter: string): void {
  binding.write(() => binding.span && replace(binding, binding.span, letter))
}

function breakLine(binding: Binding): void {
  binding.write((pen) => {
    const { span } = binding
    if (!span) return null
    if (!isCaret(span)) return replace(binding, span, '\n')
    return pen.split(placeAt(binding.lines[span.from.line]!, span.from.offset))
  })
}

/**
 * Erases the letter or word before the caret that the delegation has not struck yet; where there is
 * none, joins the paragraph to the one before.
 */
function eraseBackward(binding: Binding, unit: Unit): void {
  binding.write((pen) => {
    const { span, paragraphs } = binding
    if (!span) return null
    if (!isCaret(span)) return replace(binding, span, '')
    const { line, offset } = span.from
    const paragraph = paragraphs[line]!
    const reach = reachBackward(paragraph, offset, unit, binding.desk.delegation)
    if (reach) return replace(binding, spanIn(line, reach), '')
    return line === 0 ? null : pen.joinBackward(paragraph.key)
  })
}

/** The mirror image: the caret ends behind what is struck, so that the key can be pressed again. */
function eraseForward(binding: Binding, unit: Unit): void {
  binding.write((pen) => {
    const { span, paragraphs } = binding
    if (!span) return null
    if (!isCaret(span)) return replace(binding, span, '')
    const { line, offset } = span.from
    const reach = reachForward(paragraphs[line]!, offset, unit, binding.desk.delegation)
    if (reach) {
      const end = placeAt(paragraphs[line]!, reach.to)
      replace(binding, spanIn(line, reach), '')
      return end
    }
    const next = paragraphs[line + 1]
    if (!next || next.marker.n !== undefined) return null
    pen.joinBackward(next.key)
    return { paragraph: next.key, after: parseIdKey(next.key) }
  })
}

const spanIn = (line: number, { from, to }: Reach): Span => ({
  from: { line, offset: from },
  to: { line, offset: to },
})

/** Strikes the paragraphs of the selection whole. */
function strike(binding: Binding): void {
  binding.write((pen) => {
    const { span, paragraphs } = binding
    if (!span) return null
    pen.strikeParagraphs(paragraphs.slice(span.from.line, span.to.line + 1).map(({ key }) => key))
    return null
  })
}

function turn(binding: Binding, direction: 'undo' | 'redo'): void {
  binding.write((pen) => {
    const turned = pen[direction]()
    if (turned && turned.decided > 0) {
      binding.desk.say('Part of that step was left as it is: the chair has decided on it since.')
    }
    return turned?.place ?? null
  })
}
