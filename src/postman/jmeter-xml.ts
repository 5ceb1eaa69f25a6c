const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xa;',
  '\r': '&#xd;',
}

/** What no document may hold, not even escaped (XML 1.0, production 2). */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const escaped = (text: string): string =>
  text.replace(forbidden, '').replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character)

/** A property of an element: its type follows from its value. */
export type Property = string | number | boolean | Nested

/** An element within a property. */
export interface Nested {
  readonly xml: string
}

const propertyXml = (name: string, value: Property): string => {
  if (typeof value === 'object') return value.xml
  const tag = typeof value === 'string' ? 'stringProp' : typeof value === 'number' ? 'intProp' : 'boolProp'
  return `<${tag} name="${escaped(name)}">${escaped(String(value))}</${tag}>`
}

const propertiesXml = (properties: Readonly<Record<string, Property>>): string =>
  Object.entries(properties)
    .map(([name, value]) => propertyXml(name, value))
    .join('\n')

/** An element of a JMeter test plan. */
export interface Element {
  readonly tag: string
  /** The window of JMeter that shows it. */
  readonly gui: string
  readonly name: string
  readonly properties: Readonly<Record<string, Property>>
  readonly children?: readonly Element[]
}

/** An element and what lies below it, as JMeter writes them. */
export const elementXml = ({ tag, gui, name, properties, children = [] }: Element): string => {
  const attributes = `guiclass="${gui}" testclass="${tag}" testname="${escaped(name)}" enabled="true"`
  const below = children.length === 0 ? '<hashTree/>' : `<hashTree>\n${children.map(elementXml).join('\n')}\n</hashTree>`
  return `<${tag} ${attributes}>\n${propertiesXml(properties)}\n</${tag}>\n${below}`
}

/** A property that is a list of name and value, such as `Arguments`. */
export const elementList = (
  list: string,
  items: readonly { readonly type: string; readonly key: string; readonly properties: Readonly<Record<string, Property>> }[],
): Nested => ({
  xml: `<collectionProp name="${list}">\n${items
    .map(
      ({ type, key, properties }) =>
        `<elementProp name="${escaped(key)}" elementType="${type}">\n${propertiesXml(properties)}\n</elementProp>`,
    )
    .join('\n')}\n</collectionProp>`,
})

/** A property that is an element of its own, with properties. */
export const elementProperty = (name: string, type: string, properties: Readonly<Record<string, Property>>): Nested => ({
  xml: `<elementProp name="${name}" elementType="${type}">\n${propertiesXml(properties)}\n</elementProp>`,
})

/** A property that is a list of texts. */
export const textList = (name: string, texts: readonly string[]): Nested => ({
  xml: `<collectionProp name="${name}">\n${texts.map((text, at) => propertyXml(String(at), text)).join('\n')}\n</collectionProp>`,
})
