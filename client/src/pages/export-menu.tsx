import type { View } from '@revmark/shared/ledger'
import type { ExportFormat } from '@revmark/shared/wire'
import { Download, FileCog, FileText, Printer } from 'lucide-react'
import { useState } from 'react'
import { api } from '../session/index.ts'
import type { Copy } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { badNews, useNotify } from '../ui/toasts.tsx'
import { FormatItems } from './format-items.tsx'
import { provedBy } from './proved-by.ts'
import { saveAs } from './save-as.ts'
import { WordDialog } from './word-dialog.tsx'

/** The draft as a file: what lies on the server, which is everything that is "saved". */
export function ExportMenu({ copy, view }: { readonly copy: Copy; readonly view: View }) {
  const notify = useNotify()
  const [busy, setBusy] = useState(false)
  const [choosing, setChoosing] = useState(false)

  const download = async (format: ExportFormat, as: View) => {
    setBusy(true)
    const file = await api.exportFile(copy.draft.id, copy.seat.id, format, as)
    setBusy(false)
    if (!file.ok) {
      notify(badNews('No file was written', file.problem))
      return
    }
    const { name, blob, proof } = file.value
    saveAs(name, blob)
    const lines = [
      copy.unsaved > 0 &&
        'Your last changes were not saved yet and are not in it. Export again once “Saved” is shown.',
      proof !== null && provedBy(proof),
    ].filter((line) => line !== false)
    notify({
      title: `${name} is in your downloads`,
      ...(lines.length > 0 && { text: lines.join(' ') }),
    })
  }

  return (
    <>
      <Menu
        trigger={
          <Button aria-busy={busy}>
            <Download aria-hidden="true" />
            {busy ? 'Exporting …' : 'Export'}
          </Button>
        }
      >
        <MenuItem
          icon={<FileText />}
          note="Revision marks by delegation"
          onSelect={() => void download('docx', 'marked')}
        >
          Word, marked up
        </MenuItem>
        <MenuItem
          icon={<FileText />}
          note="As if every pending change were accepted"
          onSelect={() => void download('docx', 'clean')}
        >
          Word, clean
        </MenuItem>
        <MenuItem
          icon={<FileCog />}
          note="Whose marks, which template, cover and reasons"
          onSelect={() => setChoosing(true)}
        >
          Word, as a contribution …
        </MenuItem>
        <FormatItems view={view} onChoose={(format) => void download(format, view)} />
        <MenuLine />
        <MenuItem
          icon={<Printer />}
          note="The sheet as it is on screen"
          // The menu must be gone before the browser takes its picture.
          onSelect={() => setTimeout(() => window.print(), 100)}
        >
          Print
        </MenuItem>
      </Menu>
      {choosing && <WordDialog copy={copy} onClose={() => setChoosing(false)} />}
    </>
  )
}
