/** The path of the console, which a proxy may have put something before: ends with a slash. */
export const basePath: string = new URL(document.baseURI).pathname

/** An address below the console, e.g. `session`. */
export const consoleUrl = (path: string): string => `${basePath}${path}`
