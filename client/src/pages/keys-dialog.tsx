/** All keys of a draft's page, told from the tables by which they work. */
import { decidingKeys, editorKeys, leaveKey } from '../editor/index.ts'
import { changeKeys } from '../panels/change-keys.ts'
import { Dialog } from '../ui/dialog.tsx'
import { partsOf } from '../ui/keys.ts'
import type { KeyRow } from '../ui/keys.ts'
import { screenKeysOf } from './screen-keys.ts'
import './keys-dialog.css'

/** As ProseMirror's keymaps tell it. */
const isMac = /Mac|iP(?:hone|[oa]d)/.test(navigator.platform)

const leaving: KeyRow = {
  does: 'leave',
  keys: [`${leaveKey} Tab`],
  words: 'Leave the text for what stands after it',
}

interface KeysDialogProps {
  readonly canWrite: boolean
  readonly isChair: boolean
  readonly onClose: () => void
}

export function KeysDialog({ canWrite, isChair, onClose }: KeysDialogProps) {
  const groups: readonly (readonly [string, readonly KeyRow[]])[] = [
    ...(canWrite ? [['In the text', [...editorKeys, leaving]] as const] : []),
    ...(isChair ? [['In the text, to decide', decidingKeys] as const] : []),
    ['In the list of changes', changeKeys(isChair)],
    ['Everywhere', screenKeysOf(canWrite)],
  ]
  return (
    <Dialog title="Keys" onClose={onClose}>
      <div className="keys">
        {groups.map(([name, rows]) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {rows.map(({ does, keys, words }) => (
                <div key={does}>
                  <dt>{words}</dt>
                  <dd>
                    {keys.map((combination) => (
                      <Keys key={combination} combination={combination} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** One combination, or several that are pressed one after another. */
const Keys = ({ combination }: { readonly combination: string }) => (
  <span className="keys-combination">
    {combination.split(' ').map((one) => (
      <span key={one}>
        {partsOf(one, isMac).map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
    ))}
  </span>
)
