import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import { deviceNameOf } from '../domain/device-name.ts'
import { parseIpAddress } from '../domain/ip-address.ts'
import { isObject } from '../domain/is-object.ts'
import { networkOf } from '../domain/network-of.ts'
import type { Trace } from '../domain/risk.ts'
import type { SignInRequest } from './attempt.ts'

/** Who seems to be at the other end of a request. */
export interface ClientContext {
  readonly ip: string | undefined
  /** e.g. `Chrome 125, Windows 10` */
  readonly deviceName: string | undefined
  /** e.g. `-07:00` */
  readonly timezone: string | undefined
  /** What sign-ins are compared by. */
  readonly trace: Trace
}

/** What a request tells of its sender, where it comes from a surface of ours. */
export type Reported = Pick<SignInRequest, 'surface' | 'context'>

const longestEncodedData = 16_384

const record = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {})

/** The device data that AWS's libraries collect: base64 of `{payload}`, whose text is JSON again; empty when it is something else. */
const deviceData = (encoded: string | undefined): Readonly<Record<string, unknown>> => {
  if (encoded === undefined || encoded.length > longestEncodedData) return {}
  try {
    const { payload } = record(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')))
    return record(record(JSON.parse(String(payload)))['contextData'])
  } catch {
    return {}
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 1024) : undefined)

/** What stands in mails to the user is written by whoever signs in: neither links nor control characters get through. */
const label = (value: unknown): string | undefined =>
  text(value)
    ?.replace(/[^\p{L}\p{N} ,:+()_-]/gu, '')
    .slice(0, 64) || undefined

/** An id names a device; only its digest is kept. */
const deviceKey = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : createHash('sha256').update(id, 'utf8').digest('base64url').slice(0, 22)

/**
 * The address that counts. A public call may report one only for a client with a secret that accepts additional user context data (developer
 * guide, "Adding user device and session data to API requests"); a server's call always; a page is asked for by the browser itself.
 * guess: a reported address that is none counts as not reported.
 */
const addressOf = (ctx: Context, client: AppClient, { surface, context }: Reported): string | undefined => {
  const trusted = client.EnablePropagateAdditionalUserContextData === true && client.secrets.length > 0
  const believed = { public: trusted, admin: true, hosted: false }[surface]
  const reported = believed ? context?.ip : undefined
  return reported !== undefined && parseIpAddress(reported) !== undefined ? reported : ctx.call.ip
}

/** Who is at the other end, from what the call itself shows and what the application reports of the person's device. */
export const clientContext = (ctx: Context, client: AppClient, reported: Reported): ClientContext => {
  const data = deviceData(reported.context?.encodedData)
  const own = reported.surface === 'hosted' ? ctx.call.userAgent : reported.context?.userAgent
  const userAgent = own ?? text(data['UserAgent'])
  const device = userAgent === undefined ? undefined : deviceNameOf(userAgent)
  const ip = addressOf(ctx, client, reported)
  return {
    ip,
    deviceName: device?.shown ?? label(data['DeviceName']),
    timezone: label(data['ClientTimezone']),
    trace: {
      deviceKey: deviceKey(text(data['DeviceId'])),
      userAgent: device?.kind,
      network: networkOf(ip),
    },
  }
}
