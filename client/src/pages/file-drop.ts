import { useEffect, useState } from 'react'
import { useStable } from '../ui/stable.ts'

/** Takes a file dropped anywhere on the page, and tells whether one is being held over it. */
export function useFileDrop(enabled: boolean, onFile: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false)
  const drop = useStable(onFile)
  useEffect(() => {
    if (!enabled) return undefined
    const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files')
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      // Before the editor sees it, which would take the drop for text.
      event.preventDefault()
      event.stopPropagation()
      setOver(event.type === 'dragover')
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const take = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      over(event)
      const file = event.dataTransfer?.files[0]
      if (file) drop(file)
    }
    window.addEventListener('dragover', over, true)
    window.addEventListener('dragleave', leave, true)
    window.addEventListener('drop', take, true)
    return () => {
      window.removeEventListener('dragover', over, true)
      window.removeEventListener('dragleave', leave, true)
      window.removeEventListener('drop', take, true)
    }
  }, [enabled, drop])
  return isOver
}
