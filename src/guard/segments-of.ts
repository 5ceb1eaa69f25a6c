const isDots = (segment: string): boolean => {
  // Servlet containers take `..;x` for `..`.
  const [name = ''] = segment.split(';')
  return name === '.' || name === '..'
}

/**
 * The decoded segments of a request's path, without a slash at the end; undefined for a path that an upstream could read as another one:
 * dot segments, empty segments, encoded slashes, backslashes, control characters, broken escapes.
 */
export const segmentsOf = (path: string): readonly string[] | undefined => {
  if (!path.startsWith('/') || path.includes('#')) return undefined
  const parts = path.slice(1).replace(/\/$/, '').split('/')
  if (parts.length === 1 && parts[0] === '') return path === '/' ? [] : undefined
  try {
    const decoded = parts.map(decodeURIComponent)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    return decoded.some((segment) => segment === '' || isDots(segment) || /[/\\\u0000-\u001f\u007f]/.test(segment)) ? undefined : decoded
  } catch {
    return undefined
  }
}
