/** What the server tells once and keeps only as a hash: to be copied now. */
export const ToldOnce = ({ words, value }: { readonly words: string; readonly value: string }) => (
  <output className="office-fresh">
    <label>
      {words}
      <input className="field" readOnly value={value} onFocus={(event) => event.target.select()} />
    </label>
  </output>
)
