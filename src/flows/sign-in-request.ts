import type { AdminInitiateAuthRequest, InitiateAuthRequest } from '../model/types.gen.ts'
import type { SignInRequest } from './attempt.ts'

/** What a public request tells of whoever signs in, signs up or resets a password. */
export const publicRequest = ({ ClientMetadata, UserContextData }: Pick<InitiateAuthRequest, 'ClientMetadata' | 'UserContextData'>) =>
  ({
    surface: 'public',
    clientMetadata: ClientMetadata,
    context: UserContextData && { ip: UserContextData.IpAddress, encodedData: UserContextData.EncodedData },
  }) as const satisfies SignInRequest

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
