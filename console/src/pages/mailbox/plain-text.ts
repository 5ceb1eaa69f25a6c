/** What a message of HTML says, as text with a line for each paragraph. */
export const plainText = (html: string): string => {
  // A parsed document of its own: nothing in it is shown, loaded or run.
  const { body } = new DOMParser().parseFromString(html.replace(/<(?:br|\/p|\/div|\/h\d|\/tr|\/li)\b[^>]*>/gi, '$&\n'), 'text/html')
  for (const hidden of body.querySelectorAll('style, script, title')) hidden.remove()
  return (body.textContent ?? '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
