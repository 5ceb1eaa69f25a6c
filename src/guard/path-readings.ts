const isSafe = (segment: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  segment !== '' && segment !== '.' && segment !== '..' && !/[/\\\u0000-\u001f\u007f]/.test(segment)

/** Leaves alone what is no escape. */
const decodeAgain = (segment: string): string =>
  segment.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })

/** Escapes of letters, digits and `-._~` that mean the same without (RFC 3986 section 2.3). */
const needless = /%(?:[46][1-9a-f]|[57][0-9a]|3\d|2[de]|5f|7e)/i

const withoutParameters = (segments: readonly string[]): readonly string[] => segments.map((segment) => segment.split(';')[0] ?? '')

/**
 * What an upstream that does not read paths as `segmentsOf` does may take a path for: with needless escapes left in, decoded twice, or
 * without `;parameters`. `undefined` among them is a path that can't be told.
 */
export const otherReadings = (path: string, segments: readonly string[]): readonly (readonly string[] | undefined)[] => {
  const isEscapedTwice = segments.some((segment) => /%[0-9a-f]{2}/i.test(segment))
  const readings = [
    segments,
    ...(needless.test(path) ? [path.slice(1).replace(/\/$/, '').split('/')] : []),
    ...(isEscapedTwice ? [segments.map(decodeAgain)] : []),
  ]
  const all = [...readings, ...readings.filter((reading) => reading.some((segment) => segment.includes(';'))).map(withoutParameters)]
  return all.slice(1).map((reading) => (reading.every(isSafe) ? reading : undefined))
}
