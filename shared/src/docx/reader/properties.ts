/** The properties that programs add to a Word file, as text. */
import type { Archive } from './archive.ts'
import { readXml } from './xml-stream.ts'

/** Those of the part docProps/custom.xml, by name; none where there is no such part. */
export function customProperties(
  archive: Archive,
  part: string | null,
): ReadonlyMap<string, string> {
  const properties = new Map<string, string>()
  if (part === null) return properties
  let name: string | null = null
  readXml(archive, part, {
    open: (element) => {
      if (element.name !== 'op:property') return
      name = element.get('name')
      if (name !== null) properties.set(name, '')
    },
    close: (element) => {
      if (element === 'op:property') name = null
    },
    text: (text) => {
      if (name !== null) properties.set(name, properties.get(name)! + text)
    },
  })
  return properties
}
