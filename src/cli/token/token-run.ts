import type { Clock } from '../../clock.ts'
import type { Random } from '../../random.ts'
import type { Send } from '../client/http.ts'
import type { CallApi } from './call-api.ts'
import type { Codes } from './codes.ts'
import type { TokenRequest } from './token-request.ts'

/** What a grant works with. */
export interface TokenRun {
  readonly request: TokenRequest
  readonly send: Send
  readonly callApi: CallApi
  readonly codes: Codes
  readonly clock: Clock
  readonly random: Random
}
