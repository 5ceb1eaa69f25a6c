/** A browser and a system as a person knows them. */
export interface DeviceName {
  /** With versions, as events show it: `Chrome 125, Windows 10`. */
  readonly shown: string
  /** Without versions, so that an update makes no new device: `Chrome, Windows`. */
  readonly kind: string
}

type Pattern = readonly [name: string, pattern: RegExp]

// In this order: most browsers claim to be Chrome or Safari too.
const browsers: readonly Pattern[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]*(?: Mobile\/\w+)? Safari\//],
]

const systems: readonly Pattern[] = [
  ['Windows', /\bWindows NT (\d+)/],
  ['Android', /\bAndroid (\d+)/],
  ['iOS', /\b(?:iPhone OS|CPU OS) (\d+)/],
  ['Mac OS X', /\bMac OS X (\d+)/],
  ['Chrome OS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

const longestUserAgent = 1024

const found = (patterns: readonly Pattern[], text: string): { readonly name: string; readonly shown: string } => {
  for (const [name, pattern] of patterns) {
    const match = pattern.exec(text)
    if (match !== null) return { name, shown: match[1] === undefined ? name : `${name} ${match[1]}` }
  }
  return { name: 'Other', shown: 'Other' }
}

/** The device that a User-Agent header tells of; what is not recognised is `Other` (API_AdminListUserAuthEvents). */
export const deviceNameOf = (userAgent: string): DeviceName => {
  const text = userAgent.slice(0, longestUserAgent)
  const browser = found(browsers, text)
  const system = found(systems, text)
  return { shown: `${browser.shown}, ${system.shown}`, kind: `${browser.name}, ${system.name}` }
}
