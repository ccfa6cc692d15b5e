/** Which characters the sequence can hold: those that every format we write can hold in a paragraph. */

// A lone half of a surrogate pair arrives as U+FFFD. XML has no place for most control characters,
// nor for U+FFFE and U+FFFF; a line break would look like a paragraph of its own in plain text.
// U+FFFC is what a reference to a footnote reads as.
const unheld = '\\u0000-\\u0008\\u000a-\\u001f\\ufffc-\\uffff'
const hasUnheld = new RegExp(`[${unheld}]`)
const everyUnheld = new RegExp(`[${unheld}]|\\p{Cs}`, 'gu')

export const isHeld = (letters: string): boolean => !hasUnheld.test(letters)

/** The letters of a text that the gate lets pass: what a client does to a paste before it writes it. */
export const heldLetters = (letters: string): string => letters.replace(everyUnheld, '')
