/** Insertions and deletions on screen: `ins` and `del` in the ink and the stroke of a delegation. */
import type { Mark } from 'prosemirror-model'
import type { MarkViewConstructor } from 'prosemirror-view'
import type { Palette } from './palette.ts'
import type { DeletionAttrs, InsertionAttrs, SettingAttrs } from './schema.ts'

export function markViews(
  palette: Palette,
): Record<'ins' | 'del' | 'setting', MarkViewConstructor> {
  return {
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

function insertion({ delegation, state }: InsertionAttrs, palette: Palette): HTMLElement {
  const name = palette.nameOf(delegation)
  return marked('ins', palette.lookOf(delegation), {
    title: state === 'accepted' ? `Inserted by ${name}, accepted` : `Inserted by ${name}`,
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
