/** One's own words that the server does not have, to be read and copied. */
export const OwnWords = ({
  words,
  label = 'Your words',
  rows = 3,
}: {
  readonly words: string
  readonly label?: string
  readonly rows?: number
}) => <textarea className="field own-words" readOnly value={words} rows={rows} aria-label={label} />
