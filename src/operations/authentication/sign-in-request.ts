import type { SignInRequest } from '../../flows/attempt.ts'
import { reportedBy } from '../../flows/client-context.ts'
import type { AdminInitiateAuthRequest, InitiateAuthRequest } from '../../model/types.gen.ts'

/** What a public request tells of the sign-in beside the answer itself. */
export const publicRequest = ({ ClientMetadata, UserContextData }: Pick<InitiateAuthRequest, 'ClientMetadata' | 'UserContextData'>) =>
  ({ ...reportedBy({ UserContextData }), clientMetadata: ClientMetadata }) satisfies SignInRequest

/** The same of a server's request, which reports the person's address and headers. */
export const adminRequest = ({ ClientMetadata, ContextData }: Pick<AdminInitiateAuthRequest, 'ClientMetadata' | 'ContextData'>) =>
  ({
    surface: 'admin',
    clientMetadata: ClientMetadata,
    context: ContextData && {
      ip: ContextData.IpAddress,
      encodedData: ContextData.EncodedData,
      userAgent: ContextData.HttpHeaders.find(({ headerName }) => headerName?.toLowerCase() === 'user-agent')?.headerValue,
    },
  }) as const satisfies SignInRequest
