/** The look of a delegation: one of ten inks and one of five strokes, the pair different for fifty. */

export const inks = 10
export const strokes = 5

/** The attributes that `tokens.css` reads: put them on whatever stands for a delegation. */
export interface Look {
  readonly 'data-colour': number
  readonly 'data-stroke': number
}

/**
 * The look for a place in the order of admission (`Delegation.colour`). Neighbours in the order
 * differ in ink and in stroke, so that the first few are told apart without colour.
 */
export function lookOf(colour: number): Look {
  if (!Number.isSafeInteger(colour) || colour < 0) throw new RangeError(`not a colour: ${colour}`)
  const round = Math.floor(colour / inks)
  return { 'data-colour': colour % inks, 'data-stroke': (colour + round) % strokes }
}
