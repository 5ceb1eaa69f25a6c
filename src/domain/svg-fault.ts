const words = (text: string): ReadonlySet<string> => new Set(text.split(/[\s,]+/))

// Both lists: developer guide, "Image assets". Names are compared in lower case.
const elements = words(`svg a altglyph altglyphdef altglyphitem animatecolor animatemotion animatetransform audio canvas circle clippath
  defs desc ellipse filter font g glyph glyphref hkern image line lineargradient marker mask metadata mpath path pattern polygon polyline
  radialgradient rect stop style switch symbol text textpath title tref tspan video view vkern feblend fecolormatrix fecomponenttransfer
  fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight feflood fefunca fefuncb fefuncg fefuncr fegaussianblur
  femerge femergenode femorphology feoffset fepointlight fespecularlighting fespotlight fetile feturbulence`)

const attributes = words(`accent-height accumulate additive alignment-baseline ascent attributename attributetype azimuth basefrequency
  baseline-shift begin bias by class clip clip-path clip-rule color color-interpolation color-interpolation-filters color-profile
  color-rendering cx cy d dx dy diffuseconstant direction display divisor dur edgemode elevation end fill fill-opacity fill-rule filter
  filterunits flood-color flood-opacity font-family font-size font-size-adjust font-stretch font-style font-variant font-weight fx fy g1 g2
  glyph-name glyphref gradientunits gradienttransform height href id image-rendering in in2 k k1 k2 k3 k4 kerning keypoints keysplines
  keytimes lang lengthadjust letter-spacing kernelmatrix kernelunitlength lighting-color local marker-end marker-mid marker-start
  markerheight markerunits markerwidth maskcontentunits maskunits max mask media method mode min name numoctaves offset operator opacity
  order orient orientation origin overflow paint-order path pathlength patterncontentunits patterntransform patternunits points
  preservealpha preserveaspectratio r rx ry radius refx refy repeatcount repeatdur restart result rotate scale seed shape-rendering
  specularconstant specularexponent spreadmethod stddeviation stitchtiles stop-color stop-opacity stroke-dasharray stroke-dashoffset
  stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke stroke-width style surfacescale tabindex targetx targety transform
  text-anchor text-decoration text-rendering textlength type u1 u2 unicode values viewbox visibility vert-adv-y vert-origin-x vert-origin-y
  width word-spacing wrap writing-mode xchannelselector ychannelselector x x1 x2 xmlns y y1 y2 z zoomandpan
  version clippathunits xlink:href xmlns:xlink xml:space role aria-label aria-hidden focusable`)

const namespaces: Readonly<Record<string, string>> = {
  xmlns: 'http://www.w3.org/2000/svg',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
}

const attribute = String.raw`\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')`
const tag = new RegExp(String.raw`<(/?)([A-Za-z][\w:.-]*)((?:${attribute})*)\s*(/?)>`, 'y')
const oneAttribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const declaration = /<\?xml\s+version="1\.[01]"(?:\s+encoding="(?:utf-8|us-ascii)")?(?:\s+standalone="(?:yes|no)")?\s*\?>/iy
const doctype = /<!DOCTYPE\s+svg(?:\s+PUBLIC\s+"[^"<>[\]]*"\s+"[^"<>[\]]*")?\s*>/iy

/**
 * Why a page must not serve these bytes as an SVG image; undefined when they hold nothing but the elements and attributes of the guide,
 * refer to nothing outside themselves, and carry no script.
 * guess: an SVG asset with anything beyond the guide's lists is refused rather than cleaned.
 */
export const svgFault = (bytes: Uint8Array): string | undefined => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return 'The SVG is not encoded in UTF-8.'
  }
  return contentFault(text)
}

const contentFault = (text: string): string | undefined => {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const prolog = endOf(declaration, text, at) ?? endOf(doctype, text, at) ?? endOfComment(text, at)
    if (prolog !== undefined) {
      at = prolog
      continue
    }
    tag.lastIndex = at
    const found = tag.exec(text)
    if (found === null) return 'The SVG has markup that is not supported.'
    const [whole, closing, name = '', given = '', empty] = found
    at += whole.length
    const fault = tagFault(name, given)
    if (fault !== undefined) return fault
    if (name.toLowerCase() !== 'style' || closing === '/' || empty === '/') continue
    // Comments and elements would hide parts of the style sheet from the look at it.
    const end = text.indexOf('<', at)
    if (!text.startsWith('</style', end)) return 'The SVG has markup that is not supported.'
    if (loads(text.slice(at, end))) return 'The SVG has a style sheet that loads or escapes something.'
  }
  return undefined
}

const endOf = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

const endOfComment = (text: string, at: number): number | undefined => {
  if (!text.startsWith('<!--', at)) return undefined
  // Where HTML's comments end earlier than those of XML, a script could stand in one.
  const end = text.indexOf('--', at + 4)
  return end === -1 || text[end + 2] !== '>' || /^-?>/.test(text.slice(at + 4, at + 6)) ? undefined : end + 3
}

const tagFault = (name: string, given: string): string | undefined => {
  if (!elements.has(name.toLowerCase())) return `The SVG element ${name.slice(0, 64)} is not supported.`
  for (const [, attributeName = '', double, single] of given.matchAll(oneAttribute)) {
    const key = attributeName.toLowerCase()
    const value = double ?? single ?? ''
    if (!attributes.has(key)) return `The SVG attribute ${attributeName.slice(0, 64)} is not supported.`
    if (key.startsWith('xmlns') && value !== namespaces[key]) return `The SVG attribute ${attributeName} names another namespace.`
    const outside = key.endsWith('href') && !/^(?:#|data:image\/(?:png|jpeg|webp);base64,)/.test(value)
    if (outside || loads(value)) return `The SVG attribute ${attributeName} refers to something outside of the image.`
  }
  return undefined
}

/** Whether text that may be CSS reaches beyond the image; escapes could hide that. */
const loads = (css: string): boolean =>
  /url\s*\((?!\s*["']?#)|@import|expression\s*\(|javascript:|\\|&(?!(?:amp|lt|gt|quot|apos);)/i.test(css)
