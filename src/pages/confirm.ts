import { CognitoError } from '../errors.ts'
import { confirmByCode } from '../flows/confirm-by-code.ts'
import { StoredAnyway } from '../flows/stored-anyway.ts'
import { cleanCode } from './clean-code.ts'
import { comesByLink, confirmPage } from './confirm-page.ts'
import { continueSignedUp } from './continue-signed-up.ts'
import { sentenceFor } from './fault.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageReply } from './page.ts'
import { placedFault } from './placed-fault.ts'
import { nothingSent, openSentCode, type SentCode } from './sent-code.ts'
import { signInPage } from './sign-in-page.ts'
import { openVisit, signInRequest, type Visit } from './visit.ts'

/** Whether a code came too late, because the account is past its confirmation. */
export const isConfirmedAlready = (error: unknown): boolean =>
  error instanceof CognitoError && error.message.startsWith('User cannot be confirmed.')

const refused = async (visit: Visit, sent: SentCode, error: unknown): Promise<PageReply> => {
  const { strings } = visit
  if (isConfirmedAlready(error)) return continueSignedUp(visit, sent, { kind: 'info', text: strings.confirm.already })
  if (error instanceof StoredAnyway) {
    return refusedBy(error, signInPage(visit, { username: sent.username, fault: { text: sentenceFor(error, strings) } }))
  }
  return refusedBy(error, await confirmPage(visit, { sent, faults: placedFault(visit, error, ['code']) }))
}

/** Somebody who says that the link in the mail was opened. */
const opened = async (visit: Visit, sent: SentCode): Promise<PageReply> => {
  const { strings } = visit
  try {
    return await continueSignedUp(visit, sent, { kind: 'info', text: strings.confirm.already })
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    return refusedBy(error, await confirmPage(visit, { sent, faults: { text: strings.errors.notConfirmedLink } }))
  }
}

const confirmTyped = async (visit: Visit): Promise<PageReply> => {
  const { ctx, authorization, request, strings } = visit
  const sent = await openSentCode(visit)
  if (sent === undefined) return confirmPage(visit, { faults: nothingSent(visit) })
  if (request.form.has('opened') && comesByLink(visit, sent)) return opened(visit, sent)
  const code = cleanCode(request.form.get('code') ?? '')
  if (code === '') return confirmPage(visit, { sent, faults: { field: 'code', text: strings.errors.requiredCode } })
  const { username } = sent
  try {
    await confirmByCode(ctx, authorization, { username, code, request: signInRequest(visit) })
  } catch (error) {
    return refused(visit, sent, error)
  }
  return continueSignedUp(visit, sent, { kind: 'success', text: strings.confirm.done })
}

/** The page of the code that confirms a sign-up. */
export const confirm: Page = async (ctx, request) => {
  const visit = await openVisit(ctx, request)
  return request.method === 'POST' ? confirmTyped(visit) : confirmPage(visit, {})
}
