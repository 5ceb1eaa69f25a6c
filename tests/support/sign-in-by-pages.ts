import { openBrowser, type PageBrowser } from './page-browser.ts'
import { password } from './start-app.ts'

/** Has somebody sign in where an application sent the browser to; answers the address at which it comes back to the application. */
export const signInByPages = async (
  request: URL | string,
  { username = 'ana', browser }: { readonly username?: string; readonly browser?: PageBrowser } = {},
): Promise<URL> => {
  const { origin, pathname, search } = new URL(request)
  const opened = browser ?? openBrowser(origin)
  let page = await opened.follow(await opened.get(pathname + search))
  // The name alone comes first where the password is not the only way to sign in.
  for (let step = 0; step < 2 && page.location === ''; step += 1) page = await opened.submit(page, { username, password })
  if (page.location === '') throw new Error(`the page "${page.heading}" says: ${page.faults.join(' ')}`)
  return new URL(page.location)
}
