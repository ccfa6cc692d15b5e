/** Keys as the keymaps write them, shown as keyboards have them. */

/** What keys do, and which; of a keymap, so that what is told of them is what they do. */
export interface KeyRow<Does extends string = string> {
  readonly does: Does
  /** As ProseMirror's keymaps name them: `Mod-Shift-Space`. */
  readonly keys: readonly string[]
  /** What they do, in words. */
  readonly words: string
}

const names: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

const macNames: Readonly<Record<string, string>> = { ...names, Mod: '⌘', Alt: '⌥', Shift: '⇧' }

/** The keys of one combination: `['Ctrl', 'Shift', 'Space']`. */
export const partsOf = (combination: string, isMac: boolean): string[] =>
  partsIn(combination).map((part) => (isMac ? macNames : names)[part] ?? part)

/** `Ctrl+I`, for a tool's title. */
export const shownKeys = (combination: string): string => partsOf(combination, false).join('+')

/** `Control+I`, as `aria-keyshortcuts` has it. */
const spokenKeys = (combination: string): string =>
  partsIn(combination)
    .map((part) => (part === 'Mod' ? 'Control' : part))
    .join('+')

/** What a tool says of its key, to the ear and to the eye. */
export const toldWith = (combination: string, name: string) => ({
  'aria-keyshortcuts': spokenKeys(combination),
  title: `${name} (${shownKeys(combination)})`,
})

function partsIn(combination: string): string[] {
  // The key itself may be a hyphen.
  const [, before, key] = /^(.*-)?(.+)$/s.exec(combination)!
  const parts = [...(before ?? '').split('-').filter((part) => part !== ''), key!]
  return parts.map((part) => (part.length === 1 ? part.toUpperCase() : part))
}
