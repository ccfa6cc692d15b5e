/** A sign in the text that is no letter of it: a button whose face the style sheet draws. */
import { Decoration } from 'prosemirror-view'

interface Sign {
  /** Signs with equal keys are one, which is not made anew. */
  readonly key: string
  /** Its order among what is drawn at the same position. */
  readonly side: number
  readonly className: string
  /** Its accessible name. */
  readonly words: string
  readonly title: string
  readonly data: Readonly<Record<string, string>>
  readonly press: () => void
}

/** Draws a sign at a position of a document. */
export const signAt = (pos: number, sign: Sign): Decoration =>
  Decoration.widget(pos, () => elementOf(sign), {
    key: sign.key,
    side: sign.side,
    marks: [],
    ignoreSelection: true,
    stopEvent: () => true,
  })

function elementOf({ className, words, title, data, press }: Sign): HTMLElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = className
  element.tabIndex = -1
  element.contentEditable = 'false'
  Object.assign(element.dataset, data)
  element.title = title
  element.setAttribute('aria-label', words)
  // The caret stays where it is.
  element.addEventListener('mousedown', (event) => event.preventDefault())
  element.addEventListener('click', press)
  return element
}
