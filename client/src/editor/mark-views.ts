/** Insertions and deletions on screen: `ins` and `del` in the ink and the stroke of a delegation. */
import { holderWords } from '@revmark/shared/ledger'
import type { Holders } from '@revmark/shared/ledger'
import type { Mark } from 'prosemirror-model'
import type { MarkViewConstructor } from 'prosemirror-view'
import type { Palette } from './palette.ts'
import type { BracketAttrs, DeletionAttrs, InsertionAttrs, SettingAttrs } from './schema.ts'

export function markViews(
  palette: Palette,
): Record<'bracket' | 'ins' | 'del' | 'setting', MarkViewConstructor> {
  return {
    bracket: (mark) => bracket(mark.attrs as BracketAttrs, palette),
    ins: copied((mark) => insertion(mark.attrs as InsertionAttrs, palette)),
    setting: copied((mark) => setting(mark.attrs as SettingAttrs, palette)),
    del: copied((mark) => deletion(mark.attrs as DeletionAttrs, palette)),
  }
}

/** A draft has thousands of marks of a few looks: copies are faster than made ones. */
function copied(make: (mark: Mark) => HTMLElement): MarkViewConstructor {
  const made = new Map<string, HTMLElement>()
  return (mark) => {
    const look = JSON.stringify(mark.attrs)
    let element = made.get(look)
    if (!element) made.set(look, (element = make(mark)))
    return { dom: element.cloneNode() as HTMLElement }
  }
}

/** The brackets and the holders' codes are drawn by the style sheet: they are no letters. */
function bracket(
  attrs: BracketAttrs,
  palette: Palette,
): { dom: HTMLElement; contentDOM: HTMLElement } {
  const dom = document.createElement('span')
  const contentDOM = document.createElement('span')
  dom.className = 'bracket'
  contentDOM.dataset['holders'] = holderWords(attrs)
  dom.title = bracketTitle(attrs, palette)
  dom.append(contentDOM)
  return { dom, contentDOM }
}

/** Whose brackets they are, in full. */
export function bracketTitle({ by, against }: Holders, palette: Palette): string {
  const said = [
    ...(by === null ? [] : [`inserted by ${palette.nameOf(by)}`]),
    ...(against.length > 0 ? [`deletion proposed by ${palette.namesOf(against)}`] : []),
  ]
  return `In square brackets: ${said.join('; ')}`
}

function insertion({ delegation, state }: InsertionAttrs, palette: Palette): HTMLElement {
  const name = palette.nameOf(delegation)
  return marked('ins', palette.lookOf(delegation), {
    title: `Inserted by ${name}${state === 'pending' ? '' : `, ${stateWords[state]}`}`,
    'data-delegation': delegation,
    'data-state': state,
  })
}

function deletion({ delegations, state }: DeletionAttrs, palette: Palette): HTMLElement {
  const names = palette.namesOf(delegations)
  return marked('del', palette.lookOf(delegations[0] ?? null), {
    title: state === 'accepted' ? `Deleted by ${names}, accepted` : `Deletion proposed by ${names}`,
    'data-delegation': delegations.join(' '),
    'data-state': state,
  })
}

function setting({ delegations, state, words }: SettingAttrs, palette: Palette): HTMLElement {
  const names = palette.namesOf(delegations)
  return marked('span', palette.lookOf(delegations[0] ?? null), {
    class: 'setting',
    title: `${words} by ${names}${state === 'accepted' ? ', accepted' : ''}`,
    'data-delegation': delegations.join(' '),
    'data-state': state,
  })
}

const stateWords = { accepted: 'accepted', bracketed: 'in square brackets' } as const

function marked(
  tag: 'ins' | 'del' | 'span',
  look: Readonly<Record<string, string>>,
  attributes: Readonly<Record<string, string>>,
): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries({ ...look, ...attributes })) {
    element.setAttribute(name, value)
  }
  return element
}
