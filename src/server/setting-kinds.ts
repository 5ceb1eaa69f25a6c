import { isIP, isIPv6 } from 'node:net'
import { isLoopback } from '../domain/is-loopback.ts'
import { type RequestCategory, requestCategories } from '../domain/request-categories.ts'

/** How the text of a setting becomes its value. */
export interface Kind<T> {
  /** What stands for the value in help texts, such as `PORT`; undefined for a switch. */
  readonly placeholder: string | undefined
  /** What is allowed, as a phrase that goes on from "must be". */
  readonly allowed: string
  /** Undefined for a text that is not allowed. */
  readonly read: (text: string) => T | undefined
}

/** A kind whose settings hold several values: a flag given several times, a list in the file, or words parted by commas. */
export interface ListKind<T> extends Kind<readonly T[]> {
  readonly list: true
}

/** A whole number within the two limits. */
export const wholeNumber = (placeholder: string, least: number, most: number): Kind<number> => ({
  placeholder,
  allowed: `a whole number from ${least} to ${most}`,
  read: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    return value >= least && value <= most ? value : undefined
  },
})

/** A switch; a flag alone turns it on. */
export const toggle: Kind<boolean> = {
  placeholder: undefined,
  allowed: 'true or false',
  read: (text) => ({ true: true, '1': true, false: false, '0': false })[text.toLowerCase()],
}

/** One of the words. */
export const oneOf = <const T extends string>(...words: readonly T[]): Kind<T> => ({
  placeholder: words.join('|'),
  allowed: words.length === 2 ? words.join(' or ') : `one of ${words.join(', ')}`,
  read: (text) => words.find((word) => word === text),
})

/** Text that fits the pattern. */
export const textLike = (placeholder: string, allowed: string, pattern: RegExp): Kind<string> => ({
  placeholder,
  allowed,
  read: (text) => (pattern.test(text) ? text : undefined),
})

/** Several values of a kind, at least one. */
export const listOf = <T>(kind: Kind<T>): ListKind<T> => ({
  list: true,
  placeholder: kind.placeholder,
  allowed: `${kind.allowed}, or several of them`,
  read: (text) => {
    const values = text.split(',').map((word) => kind.read(word.trim()))
    return values.every((value) => value !== undefined) ? values : undefined
  },
})

/** A category of requests and how many of them a second are answered, such as `UserAuthentication=200`. */
export const rateKind: Kind<{ readonly category: RequestCategory; readonly perSecond: number }> = {
  placeholder: 'CATEGORY=RPS',
  allowed: `a category and requests per second, such as UserAuthentication=200 (${requestCategories.join(', ')})`,
  read: (text) => {
    const [name, digits = '', ...rest] = text.split('=')
    const category = requestCategories.find((one) => one === name)
    if (category === undefined || rest.length > 0 || !/^[1-9]\d{0,6}$/.test(digits)) return undefined
    return { category, perSecond: Number(digits) }
  },
}

/** `ARN=TARGET`, several times; commas within a target stay, because every mapping begins with `arn:`. */
export const mappingList: ListKind<string> = {
  list: true,
  placeholder: 'ARN=URL|FILE',
  allowed: 'an ARN, an equal sign, and a URL, a file or lambda:URL, or several of them',
  read: (text) => {
    const mappings = text.split(/,(?=\s*arn:)/).map((word) => word.trim())
    return mappings.every((mapping) => /^arn:[^=]+=./.test(mapping)) ? mappings : undefined
  },
}

/** An app client and the address at which it hears of sign-outs, such as `1example23456789=https://app.example.com/logged-out`. */
export const logoutUrlKind: Kind<{ readonly clientId: string; readonly url: string }> = {
  placeholder: 'CLIENT_ID=URL',
  allowed: 'the id of an app client, an equal sign, and an http or https URL without user name, fragment and commas',
  read: (text) => {
    const [, clientId = '', url = ''] = /^([\w+]{1,128})=(https?:\/\/[^\s@#,]+)$/i.exec(text) ?? []
    return URL.canParse(url) ? { clientId, url } : undefined
  },
}

/** A host name or an address of this machine; a dual-stack `::` too. */
export const hostKind: Kind<string> = {
  placeholder: 'HOST',
  allowed: 'a host name or an IP address without a port',
  read: (text) => (isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined),
}

/** An address (`10.0.0.5`) or a network (`10.0.0.0/8`, `fd00::/8`). */
export const networkKind: Kind<string> = {
  placeholder: 'NETWORK',
  allowed: 'an IP address or a network such as 10.0.0.0/8',
  read: (text) => {
    const [address = '', bits, ...rest] = text.split('/')
    const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32))
    return isIP(address) !== 0 && fits && rest.length === 0 ? text : undefined
  },
}

/** The address under which clients reach the server; answered without a trailing slash. */
export const publicUrlKind: Kind<string> = {
  placeholder: 'URL',
  allowed: 'an http or https URL without user name, query or fragment, such as https://id.example.com',
  read: (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined
    if (url.username || url.password || url.search || url.hash || text.endsWith('?') || text.endsWith('#')) return undefined
    return url.href.replace(/\/+$/, '')
  },
}

/** The address under which operators reach the console; plain HTTP only where nothing leaves the machine. */
export const adminUrlKind: Kind<string> = {
  placeholder: 'URL',
  allowed: 'an https URL without user name, query or fragment, such as https://admin.example.com, or an http one of localhost',
  read: (text) => {
    const url = publicUrlKind.read(text)
    if (url === undefined) return undefined
    const { protocol, hostname } = new URL(url)
    return protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/g, '')) ? url : undefined
  },
}
