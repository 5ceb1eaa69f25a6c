import { CognitoError } from '../errors.ts'
import { type Feedback, giveFeedback } from '../flows/give-feedback.ts'
import { RefusedOnPage } from '../oauth/refusals.ts'
import { primaryButton } from './components/primary-button.ts'
import { text } from './components/text.ts'
import { refusedBy } from './outcome.ts'
import type { Page, PageRequest } from './page.ts'
import { ownForm, show } from './show.ts'
import { openClientVisit } from './visit.ts'

/** What the link in the mail names; throws RefusedOnPage for a link that lost something. */
const judgedBy = ({ query }: PageRequest): Feedback => {
  const [username, eventId, token] = [query.get('user_name'), query.get('event_id'), query.get('feedback_token')]
  const value = (['Valid', 'Invalid'] as const).find((each) => each === query.get('feedback_value'))
  if (username === undefined || eventId === undefined || token === undefined || value === undefined) throw new RefusedOnPage('invalid_link')
  return { username, eventId, token, value }
}

/** Where a notification's link leads whose reader says whether a sign-in was theirs: asks first, because mail scanners open links. */
export const feedback: Page = async (ctx, request) => {
  const judgement = judgedBy(request)
  const { opened, ...visitor } = await openClientVisit(ctx, request)
  const { feedback: said } = visitor.strings
  const isValid = judgement.value === 'Valid'
  if (request.method === 'GET') {
    const button = primaryButton({ text: isValid ? said.valid : said.invalid })
    const body = [text(isValid ? said.askValid : said.askInvalid), button]
    return show(visitor, { heading: said.title, body: ownForm(visitor, { page: 'feedback', body }) })
  }
  try {
    await giveFeedback(ctx, opened.pool, judgement)
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    return refusedBy(error, show(visitor, { heading: said.title, alert: { kind: 'error', text: said.failed }, body: '' }))
  }
  return show(visitor, { heading: said.title, alert: { kind: 'success', text: isValid ? said.done : said.doneInvalid }, body: '' })
}
