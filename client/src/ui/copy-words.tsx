import { Copy as CopyIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'

/** Puts one's own words on the clipboard, and says so. */
export function CopyWords({ words }: { readonly words: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <Button
      onClick={() => {
        void navigator.clipboard.writeText(words).then(() => setCopied(true))
      }}
    >
      <CopyIcon aria-hidden="true" />
      {copied ? 'Copied' : 'Copy the words'}
    </Button>
  )
}
