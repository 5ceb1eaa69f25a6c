import { plainLook } from '../domain/look.ts'
import { text } from '../pages/components/text.ts'
import { html } from '../pages/html.ts'
import { pageLayout } from '../pages/layout.ts'
import { stringsFor } from '../pages/strings/strings.ts'
import type { CodeRedeemer } from './code-redeemer.ts'

/** Where it stands below the server's address. */
export const demoCallbackPath = '/_poolhouse/callback'

/** What came back to the application that the page stands for. */
export interface DemoCallback {
  readonly code: string | undefined
  readonly error: string | undefined
  /** Whose the code is; undefined for none of this server's. */
  readonly by: CodeRedeemer | undefined
  /** The address of this page, as the authorization request named it. */
  readonly redirectUri: string
  readonly tokenUrl: string
}

const redeem = ({ code = '', redirectUri, tokenUrl }: DemoCallback, { clientId, hasSecret, needsVerifier }: CodeRedeemer): string =>
  [
    `curl -s ${tokenUrl} -d grant_type=authorization_code -d code=${code} --data-urlencode redirect_uri=${redirectUri}`,
    hasSecret ? `-u ${clientId}:CLIENT_SECRET` : `-d client_id=${clientId}`,
    ...(needsVerifier ? ['-d code_verifier=CODE_VERIFIER'] : []),
  ].join(' ')

const told = (callback: DemoCallback) => {
  const { error, by } = callback
  if (error !== undefined) return { heading: 'Nobody was signed in', body: text(html`The application was told: <code>${error}</code>.`) }
  if (by === undefined) {
    return { heading: 'Nothing came back', body: text('This page stands for an application: sign-in pages lead here with a code.') }
  }
  return {
    heading: 'Signed in',
    body: html`${text('This page stands for your application. It got a code, which is good for five minutes and one use, and would now ask for tokens:')}<div class="secret"><code class="secret-text" dir="ltr">${redeem(callback, by)}</code></div>`,
  }
}

/** The page that stands for an application, where a sign-in on the pages ends (`dev` only). */
export const demoCallbackPage = (callback: DemoCallback): string =>
  pageLayout({ root: '', look: plainLook(2), language: 'en', strings: stringsFor('en'), ...told(callback) })
