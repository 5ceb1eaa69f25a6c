import { allowedFlows } from '../../../src/domain/app-client-config.ts'
import { defaultRefreshValidity, tokenLifetimes, tokenValidityFault } from '../../../src/domain/token-lifetimes.ts'
import type { ExplicitAuthFlowsType, TimeUnitsType, UserPoolClientType } from '../../../src/model/types.gen.ts'
import type { ClientChanges } from './client-changes.ts'
import type { FormFault } from './form-fault.ts'
import { clientNameFault } from './resource-name.ts'

const refreshFlow = 'ALLOW_REFRESH_TOKEN_AUTH'

/** The authentication flows as AWS's console names them, in its order. */
export const authFlows: readonly { readonly flow: ExplicitAuthFlowsType; readonly text: string; readonly why: string }[] = [
  {
    flow: 'ALLOW_USER_AUTH',
    text: 'Choice-based sign-in: ALLOW_USER_AUTH',
    why: 'Users choose how to sign in: password, passkey or one-time code.',
  },
  {
    flow: 'ALLOW_USER_PASSWORD_AUTH',
    text: 'Sign in with username and password: ALLOW_USER_PASSWORD_AUTH',
    why: 'The application sends the password itself.',
  },
  {
    flow: 'ALLOW_USER_SRP_AUTH',
    text: 'Sign in with secure remote password (SRP): ALLOW_USER_SRP_AUTH',
    why: 'The application proves the password and never sends it.',
  },
  {
    flow: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    text: 'Sign in with server-side administrative credentials: ALLOW_ADMIN_USER_PASSWORD_AUTH',
    why: 'A back end with AWS credentials sends the password.',
  },
  {
    flow: 'ALLOW_CUSTOM_AUTH',
    text: 'Sign in with custom authentication flows from Lambda triggers: ALLOW_CUSTOM_AUTH',
    why: 'Triggers make the challenges and check the answers.',
  },
  {
    flow: 'ALLOW_REFRESH_TOKEN_AUTH',
    text: 'Get new user tokens from existing authenticated sessions: ALLOW_REFRESH_TOKEN_AUTH',
    why: 'A refresh token is exchanged for new tokens.',
  },
  {
    flow: 'ALLOW_CLIENT_TOKEN_AUTH',
    text: 'Get a token for the application itself: ALLOW_CLIENT_TOKEN_AUTH',
    why: 'Machine to machine, with the client secret, and with no other flow.',
  },
]

/** Why a flow can't be chosen while refresh tokens rotate. */
export const flowHindrance = (flow: ExplicitAuthFlowsType, { rotates }: Pick<ClientSignIn, 'rotates'>): string | undefined =>
  rotates && flow === refreshFlow
    ? 'Refresh token rotation, below, takes its place: applications call GetTokensFromRefreshToken.'
    : undefined

/** How long a token lives: a number as it was typed and its unit, which mean something only together. */
export type TypedLifetime = readonly [count: string, unit: TimeUnitsType]

/** How long a token lives, in words: `1 hour`, `5 days`. */
export const lifetimeText = ([count, unit]: TypedLifetime): string => `${count} ${count === '1' ? unit.slice(0, -1) : unit}`

/** The form of an app client's sign-in settings; numbers as they were typed. */
export interface ClientSignIn {
  readonly name: string
  readonly flows: readonly ExplicitAuthFlowsType[]
  readonly session: string
  readonly refresh: TypedLifetime
  readonly access: TypedLifetime
  readonly id: TypedLifetime
  readonly revocation: boolean
  readonly hidesExistence: boolean
  readonly rotates: boolean
  readonly graceSeconds: string
  readonly passesContext: boolean
}

/** The form with rotation switched on, which takes that flow's place, or off, which brings it back. */
export const withRotation = ({ flows }: Pick<ClientSignIn, 'flows'>, rotates: boolean): Pick<ClientSignIn, 'flows' | 'rotates'> => {
  const others = flows.filter((flow) => flow !== refreshFlow)
  return { rotates, flows: rotates ? others : ([...others, refreshFlow] as const).toSorted() }
}

/** The form of an app client as it is; the flows' old names show as those that took their place. */
export const signInOf = (client: UserPoolClientType): ClientSignIn => {
  const units = client.TokenValidityUnits ?? {}
  const rotation = client.RefreshTokenRotation
  return {
    name: client.ClientName ?? '',
    flows: [...allowedFlows(client)].map((flow): ExplicitAuthFlowsType => `ALLOW_${flow}`).sort(),
    session: String(client.AuthSessionValidity ?? 3),
    refresh: [String(client.RefreshTokenValidity || defaultRefreshValidity(units.RefreshToken)), units.RefreshToken ?? 'days'],
    // An hour is what a client has that says nothing.
    access: client.AccessTokenValidity ? [String(client.AccessTokenValidity), units.AccessToken ?? 'hours'] : ['1', 'hours'],
    id: client.IdTokenValidity ? [String(client.IdTokenValidity), units.IdToken ?? 'hours'] : ['1', 'hours'],
    revocation: client.EnableTokenRevocation ?? true,
    hidesExistence: client.PreventUserExistenceErrors === 'ENABLED',
    rotates: rotation?.Feature === 'ENABLED',
    graceSeconds: String(rotation?.RetryGracePeriodSeconds ?? 0),
    passesContext: client.EnablePropagateAdditionalUserContextData ?? false,
  }
}

const isWhole = (text: string): boolean => /^\d{1,10}$/.test(text.trim())

/** What the API is to change. */
export const signInChanges = (form: ClientSignIn): ClientChanges => ({
  ClientName: form.name.trim(),
  ExplicitAuthFlows: form.flows.filter((flow) => !form.rotates || flow !== refreshFlow),
  AuthSessionValidity: Number(form.session),
  RefreshTokenValidity: Number(form.refresh[0]),
  AccessTokenValidity: Number(form.access[0]),
  IdTokenValidity: Number(form.id[0]),
  TokenValidityUnits: { RefreshToken: form.refresh[1], AccessToken: form.access[1], IdToken: form.id[1] },
  EnableTokenRevocation: form.revocation,
  PreventUserExistenceErrors: form.hidesExistence ? 'ENABLED' : 'LEGACY',
  RefreshTokenRotation: form.rotates ? { Feature: 'ENABLED', RetryGracePeriodSeconds: Number(form.graceSeconds) } : { Feature: 'DISABLED' },
  EnablePropagateAdditionalUserContextData: form.passesContext,
})

/** What is wrong with the form, as a sentence; the rest is for the API to say. */
export const signInFault = (form: ClientSignIn): FormFault | undefined => {
  const name = clientNameFault(form.name)
  if (name !== undefined) return { field: 'name', says: name }
  const changes = signInChanges(form)
  if (changes.ExplicitAuthFlows?.length === 0 && !form.rotates)
    return 'Choose at least one authentication flow; with none, SRP, custom and refresh are allowed.'
  const session = Number(form.session)
  if (!isWhole(form.session) || session < 3 || session > 15)
    return { field: 'session', says: 'The authentication flow session lasts 3 to 15 minutes.' }
  if (![form.refresh, form.access, form.id].every(([count]) => isWhole(count) && Number(count) > 0)) {
    return 'The expiration of a token is a whole number, at least 1.'
  }
  if (form.rotates && (!isWhole(form.graceSeconds) || Number(form.graceSeconds) > 60)) {
    return { field: 'graceSeconds', says: 'The grace period is 0 to 60 seconds.' }
  }
  if (tokenValidityFault(changes) === undefined) return undefined
  const { access, id, refresh } = tokenLifetimes(changes)
  return Math.max(access, id) > refresh
    ? 'Access and ID tokens can’t outlive the refresh token.'
    : 'Access and ID tokens live 5 minutes to 1 day, refresh tokens 60 minutes to 10 years.'
}
