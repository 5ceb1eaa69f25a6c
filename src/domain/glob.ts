/** Whether the text fits a pattern where `*` is any run and `?` any one character, in at most pattern times text steps. */
export const globMatches = (pattern: string, text: string): boolean => {
  let place = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < text.length) {
    const wanted = pattern[place]
    if (wanted === '*') {
      star = place++
      starAt = at
    } else if (wanted === '?' || wanted === text[at]) {
      place++
      at++
    } else if (star >= 0) {
      place = star + 1
      at = ++starAt
    } else return false
  }
  while (pattern[place] === '*') place++
  return place === pattern.length
}
