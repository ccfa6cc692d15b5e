/** One paragraph on the sheet: its label hangs beside its words and is no part of them. */
import { holderWords } from '@revmark/shared/ledger'
import type { LabelPart } from '@revmark/shared/resolution'
import type { Node } from 'prosemirror-model'
import type { NodeView, ViewMutationRecord } from 'prosemirror-view'
import { setAttributes } from './element.ts'
import { bracketTitle } from './mark-views.ts'
import type { Palette } from './palette.ts'
import { attrsOf, shownOf } from './schema.ts'
import type { BlockAttrs } from './schema.ts'

const attributeNames = [
  'data-key',
  'data-kind',
  'data-level',
  'data-label',
  'data-changed',
  'data-ins',
  'data-del',
  'data-set',
  'data-whole',
  'data-split',
  'data-left-behind',
  'data-bracket',
  'data-delegation',
  'data-colour',
  'data-stroke',
  'title',
]

/**
 * The label's letters are attributes shown by `::before`, not text: the words of the DOM are the
 * words of the document. A change of attributes, such as a new number, keeps the paragraph's DOM.
 */
export class BlockView implements NodeView {
  readonly dom = document.createElement('div')
  readonly contentDOM = document.createElement('p')
  private readonly label = document.createElement('span')
  private readonly palette: Palette
  private node: Node

  constructor(node: Node, palette: Palette) {
    this.node = node
    this.palette = palette
    this.dom.className = 'provision'
    this.label.className = 'label'
    this.label.contentEditable = 'false'
    this.dom.append(this.label, this.contentDOM)
    this.show(attrsOf(node))
  }

  update(node: Node): boolean {
    const before = attrsOf(this.node)
    const after = attrsOf(node)
    if (before.key !== after.key) return false
    if (node.attrs !== this.node.attrs && !node.hasMarkup(this.node.type, this.node.attrs)) {
      this.show(after)
    }
    this.node = node
    return true
  }

  /**
   * What happens to the label is no edit. A paragraph that something puts beside the words is one,
   * so that it is taken away again.
   */
  ignoreMutation({ type, target }: ViewMutationRecord): boolean {
    if (type === 'selection') return false
    return this.label.contains(target) || (type === 'attributes' && target === this.dom)
  }

  private show(attrs: BlockAttrs): void {
    const { ins, del, label, labelBy, level } = attrs
    const setter = attrs.set?.delegations[0] ?? null
    const delegation = del?.delegations[0] ?? ins?.delegation ?? setter
    setAttributes(this.dom, attributeNames, {
      'data-key': attrs.key,
      'data-kind': attrs.kind,
      'data-level': String(level),
      'data-label': shownOf(label) || null,
      'data-changed': attrs.changed ? '' : null,
      'data-ins': ins?.state ?? null,
      'data-del': del?.state ?? null,
      'data-set': attrs.set?.state ?? null,
      'data-whole': attrs.whole ? '' : null,
      'data-split': attrs.split ? '' : null,
      'data-left-behind': attrs.leftBehind ? '' : null,
      'data-bracket': attrs.bracket && holderWords(attrs.bracket),
      'data-delegation': delegation,
      ...this.palette.lookOf(delegation),
      title: this.titleOf(attrs),
    })
    const parts = label.map(({ type, text }) => {
      const tag = type === 'deleted' ? 'del' : type === 'inserted' ? 'ins' : 'span'
      const part = document.createElement(tag)
      part.dataset['label'] = text
      if (type !== 'kept')
        setAttributes(part, lookNames, this.palette.lookOf(labelBy ?? delegation))
      return part
    })
    const isNumber = /^\d/.test(label.map(({ text }) => text).join(''))
    this.label.dataset['style'] = isNumber ? 'number' : 'letter'
    this.label.replaceChildren(...parts)
    setAttributes(this.label, spokenNames, {
      role: parts.length > 0 ? 'img' : null,
      'aria-label': parts.length > 0 ? spokenLabel(label) : null,
    })
  }

  private titleOf({ ins, del, set, split, whole, leftBehind, bracket }: BlockAttrs): string | null {
    if (bracket) return bracketTitle(bracket, this.palette)
    if (leftBehind) return 'Left behind: its paragraph is gone, these words are not'
    if (del) {
      const names = this.palette.namesOf(del.delegations)
      const what = whole ? 'Deletion' : 'Joining with the paragraph before'
      return `${what} proposed by ${names}${del.state === 'accepted' ? ', accepted' : ''}`
    }
    if (ins) {
      const accepted =
        ins.state === 'accepted'
          ? ', accepted'
          : ins.state === 'bracketed'
            ? ', in square brackets'
            : ''
      return `${split ? 'Paragraph divided' : 'Paragraph inserted'} by ${this.palette.nameOf(ins.delegation)}${accepted}`
    }
    if (set) {
      const accepted = set.state === 'accepted' ? ', accepted' : ''
      return `${set.words} by ${this.palette.namesOf(set.delegations)}${accepted}`
    }
    return null
  }
}

/** Letters that styles show are not read; struck and new ones side by side would read as one label. */
function spokenLabel(parts: readonly LabelPart[]): string {
  const without = (left: LabelPart['type']) =>
    parts.map(({ type, text }) => (type === left ? '' : text)).join('')
  const [now, before] = [without('deleted'), without('inserted')]
  if (now === '') return `Label ${before}, struck`
  return before === '' || before === now ? `Label ${now}` : `Label ${now}, was ${before}`
}

const spokenNames = ['role', 'aria-label']

const lookNames = ['data-colour', 'data-stroke']
