/** Texts one below the other; a dash for none. */
export const TextList = ({ texts = [] }: { readonly texts?: readonly string[] | undefined }) =>
  texts.length === 0 ? '-' : texts.map((text) => <div key={text}>{text}</div>)
