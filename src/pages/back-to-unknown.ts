import type { Context } from '../context.ts'
import { registeredItself, unknownApplication } from '../domain/registered-itself.ts'
import type { RefusedToApplication } from '../oauth/refusals.ts'
import { link } from './components/link.ts'
import { otherWays } from './components/other-ways.ts'
import { legalText, text } from './components/text.ts'
import { isOwnForm } from './csrf.ts'
import { html } from './html.ts'
import type { PageReply, PageRequest } from './page.ts'
import { show } from './show.ts'
import { fill } from './strings/fill.ts'
import { openVisitor } from './visit.ts'

/**
 * Whether a refusal would take somebody unasked to an application that registered itself (RFC 9700 section 4.11.2): links to this server
 * would lead anywhere. Who sent a form of ours has read where it leads; in a frame nobody takes the application's page for ours; and with
 * `prompt=none` nothing may be shown (OpenID Connect Core 3.1.2.1), unless the browser says that somebody is looking.
 */
export const leadsUnasked = (ctx: Context, request: PageRequest, { application }: RefusedToApplication): boolean => {
  if (!registeredItself(application.client)) return false
  if (request.method === 'POST') return !isOwnForm(ctx, request)
  const target = request.headers['sec-fetch-dest']
  const isSilent = request.query.get('prompt')?.split(' ').includes('none') === true
  return target === undefined ? !isSilent : target !== 'iframe' && target !== 'frame'
}

/** The refusal as a page of ours, from which people go on to the application with it if they want to. */
export const backToUnknown = async (
  ctx: Context,
  request: PageRequest,
  { application, error, location }: RefusedToApplication,
): Promise<PageReply> => {
  const { client, redirectUri } = application
  const visitor = await openVisitor(ctx, request, application)
  const { error: said, unknownApplication: asked } = visitor.strings
  const host = unknownApplication(client, redirectUri)?.host ?? ''
  return show(visitor, {
    status: 400,
    heading: said.title,
    goesTo: redirectUri,
    body: html`${text(asked.refused)}${legalText(fill(said.details, { details: error }))}${otherWays([
      link({ text: fill(asked.goBack, { host }), href: location }),
    ])}`,
  })
}
