import { redirectUrlFault } from '../../../src/domain/redirect-url.ts'
import { knownBase } from './public-base.ts'
import type { Session } from './session.ts'

/**
 * Where login pages may lead before there is an application: a page of the development server that shows what an application would get, as
 * AWS's console names one of its own. Undefined where the server has none, or one that no app client may name.
 */
export const exampleUrl = (session: Pick<Session, 'mode' | 'publicUrl'>): string | undefined => {
  if (session.mode !== 'dev') return undefined
  const url = `${knownBase(session)}/_poolhouse/callback`
  return redirectUrlFault(url) === undefined ? url : undefined
}
