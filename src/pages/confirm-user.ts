import { CognitoError } from '../errors.ts'
import { confirmByCode } from '../flows/confirm-by-code.ts'
import type { OpenClient } from '../flows/open-client.ts'
import { RefusedOnPage } from '../oauth/refusals.ts'
import { link } from './components/link.ts'
import { otherWays } from './components/other-ways.ts'
import { text } from './components/text.ts'
import { isConfirmedAlready } from './confirm.ts'
import { sentenceFor } from './fault.ts'
import { html } from './html.ts'
import { refusedBy } from './outcome.ts'
import { ownPath } from './own-path.ts'
import type { Page, PageReply } from './page.ts'
import { show } from './show.ts'
import { openClientVisit, signInRequest, type Visitor } from './visit.ts'

/** Where the person goes on, for a client that has one address to come back to. */
const signInLink = ({ ctx, strings }: Visitor, { client }: OpenClient) => {
  const { ClientId, CallbackURLs = [], DefaultRedirectURI, AllowedOAuthFlows = [] } = client
  const known = DefaultRedirectURI !== undefined || CallbackURLs.length === 1
  if (!known || !AllowedOAuthFlows.includes('code')) return undefined
  const query = new URLSearchParams({ client_id: ClientId, response_type: 'code' })
  return link({ text: strings.signIn.title, href: ownPath(ctx.policy, `/login?${query}`) })
}

const page = (visitor: Visitor, opened: OpenClient, heading: string, said: string): PageReply =>
  show(visitor, { heading, body: html`${text(said)}${otherWays([signInLink(visitor, opened)])}` })

const codeIsNoGood: readonly string[] = ['CodeMismatchException', 'ExpiredCodeException', 'UserNotFoundException']

const failed = (visitor: Visitor, opened: OpenClient, error: unknown): PageReply => {
  if (!(error instanceof CognitoError)) throw error
  const { strings } = visitor
  const { confirm } = strings
  if (isConfirmedAlready(error)) return page(visitor, opened, confirm.linkDoneTitle, confirm.already)
  const said = codeIsNoGood.includes(error.code) ? confirm.linkFailed : sentenceFor(error, strings)
  return refusedBy(error, page(visitor, opened, confirm.linkFailedTitle, said))
}

/**
 * The page that the link in a confirmation mail leads to (developer guide, "Customizing email verification messages"). As on AWS opening it
 * confirms; that a mail scanner may do so too gains nobody anything.
 */
export const confirmUser: Page = async (ctx, request) => {
  const { opened, ...visitor } = await openClientVisit(ctx, request)
  const [username, code] = [request.query.get('user_name'), request.query.get('confirmation_code')]
  if (username === undefined || code === undefined) throw new RefusedOnPage('invalid_link')
  try {
    await confirmByCode(ctx, opened, { username, code, request: signInRequest(visitor) })
  } catch (error) {
    return failed(visitor, opened, error)
  }
  const { confirm } = visitor.strings
  return page(visitor, opened, confirm.linkDoneTitle, confirm.linkDone)
}
