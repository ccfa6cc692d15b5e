/** The keys that work wherever the focus is on a draft's page. */
import { useEffect } from 'react'
import type { KeyRow } from '../ui/keys.ts'
import { useStable } from '../ui/stable.ts'

const screenKeys = [
  { does: 'changeOver', keys: ['F6'], words: 'Between the text and the changes' },
  { does: 'find', keys: ['Mod-f', 'Mod-h'], words: 'Find and replace' },
  // As in Word, where it brings cross-references up to date.
  {
    does: 'mend',
    keys: ['F9'],
    words: 'Correct the references whose paragraphs have other labels now',
  },
  { does: 'help', keys: ['Mod-/'], words: 'These keys' },
] as const satisfies readonly KeyRow[]

/** The keys of the page for who writes, or for who does not. */
export const screenKeysOf = (canWrite: boolean): readonly KeyRow[] =>
  screenKeys.filter(({ does }) => canWrite || does !== 'mend')

type ScreenAct = (typeof screenKeys)[number]['does']

/** The name of what was pressed; Shift is left out, which some keyboards need for a sign. */
const pressed = ({ key, ctrlKey, metaKey }: KeyboardEvent): string =>
  (ctrlKey || metaKey ? 'Mod-' : '') + key

/** Does what the keys of the page ask for, before the browser does what it has them for. */
export function useScreenKeys(acts: Readonly<Record<ScreenAct, () => void>>): void {
  const run = useStable((does: ScreenAct) => acts[does]())
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const name = pressed(event)
      const row = screenKeys.find(({ keys }) => keys.some((key) => key === name))
      if (!row || event.altKey || (event.shiftKey && row.does !== 'help')) return
      event.preventDefault()
      run(row.does)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [run])
}
