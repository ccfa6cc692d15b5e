import { actKeys, actNames } from './deciding.ts'

const deciding = (['accept', 'reject', 'bracket', 'reopen'] as const).map(
  (act) => [[actKeys[act]], actNames[act].toLowerCase()] as const,
)

const everybody = [
  [['j', 'k'], 'move'],
  [['Enter'], 'to the text'],
  [['m'], 'where it was'],
  [['F6'], 'there and back'],
] as const

const severalActs = [
  [['⇧A', '⇧R', '⇧B', '⇧O'], 'several, with a note'],
  [['1', '2', '3'], 'ways out of a conflict'],
] as const

/** The keys of the panel, for the eye; to a screen reader the buttons say theirs. */
export function PanelKeys({ isChair }: { readonly isChair: boolean }) {
  return (
    <footer className="panel-foot" aria-hidden="true">
      {[...everybody, ...(isChair ? [...deciding, ...severalActs] : [])].map(([keys, what]) => (
        <span key={what}>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
          {what}
        </span>
      ))}
    </footer>
  )
}
