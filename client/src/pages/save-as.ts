/** Hands a file to the browser's downloads. */
export function saveAs(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has read the address by then; freeing it in the same turn stops some downloads.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
