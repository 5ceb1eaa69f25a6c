import { ssoSessionId } from '../../crypto/sso-session-id.ts'
import { deviceNameOf } from '../../domain/device-name.ts'
import { sessionType, type UserSession } from '../../domain/user-session.ts'
import type { SessionDescriptionType } from '../../model/types.gen.ts'

const unrecognized = deviceNameOf('').shown

const deviceType = (userAgent: string | undefined): string => {
  const { shown } = deviceNameOf(userAgent ?? '')
  return shown === unrecognized ? 'unknown' : shown
}

/**
 * A session as the API lists it; `currentOrigin` is what the caller's own tokens share. guess: sessions are listed with the address and the
 * device that they began with, also after a refresh from elsewhere, and without a location.
 */
export const describedSession = (session: UserSession, currentOrigin?: string): SessionDescriptionType => ({
  SessionId: session.id,
  SessionType: sessionType(session),
  ClientId: session.clientId,
  CreateDate: session.createdAt,
  LastActiveDate: session.lastUsedAt,
  DeviceType: deviceType(session.userAgent),
  LastIPAddress: session.ip,
  OriginSessionId: session.parentId === undefined ? undefined : ssoSessionId(session.parentId),
  IsCurrentSession: session.originId === currentOrigin,
})
