/** Sets the attributes given and removes the others of the list: an element shows one state only. */
export function setAttributes(
  element: HTMLElement,
  names: readonly string[],
  values: Readonly<Record<string, string | null>>,
): void {
  for (const name of names) {
    const value = values[name] ?? null
    if (value === null) element.removeAttribute(name)
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
}
