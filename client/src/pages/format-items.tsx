import type { View } from '@revmark/shared/ledger'
import type { ExportFormat } from '@revmark/shared/wire'
import { FileCode, FileText, FileType, Globe } from 'lucide-react'
import { MenuItem } from '../ui/menu.tsx'

/** The formats beside Word, for an export menu; all of them write the view that is shown. */
export function FormatItems({
  view,
  onChoose,
}: {
  readonly view: View
  readonly onChoose: (format: ExportFormat) => void
}) {
  return (
    <>
      <MenuItem
        icon={<FileType />}
        note={`The ${view} view, A4, marks in ink and stroke`}
        onSelect={() => onChoose('pdf')}
      >
        PDF
      </MenuItem>
      <MenuItem
        icon={<Globe />}
        note={`The ${view} view, one file for any browser`}
        onSelect={() => onChoose('html')}
      >
        Web page
      </MenuItem>
      <MenuItem
        icon={<FileCode />}
        note={`The ${view} view as XML for legal systems`}
        onSelect={() => onChoose('xml')}
      >
        Akoma Ntoso
      </MenuItem>
      <MenuItem
        icon={<FileText />}
        note={`The ${view} view, a paragraph a line`}
        onSelect={() => onChoose('txt')}
      >
        Plain text
      </MenuItem>
    </>
  )
}
