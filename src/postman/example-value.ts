import type { Shape, StringShape } from '../model/model.ts'

/** Texts that fit most constraints of the model, the plainest first. */
const texts = [
  'example',
  'Example-Password-1',
  '123456',
  'https://example.com',
  'ana@example.com',
  '+15550100',
  'arn:aws:iam::000000000000:role/example',
  'us-east-1_EXAMPLE',
  'us-east-1_00000000-0000-4000-8000-000000000000',
  '00000000-0000-4000-8000-000000000000',
  'terms-of-use',
  'import-EXAMPLE',
  'Your code is {####}',
  'Follow {##this link##}',
  '2000-01-31',
  'example'.repeat(4),
  '/example/path.csv',
  '0',
] as const

const isFitting = (shape: StringShape, text: string): boolean =>
  text.length >= (shape.min ?? 0) && text.length <= (shape.max ?? Number.POSITIVE_INFINITY) && shape.pattern?.regExp.test(text) !== false

const textFor = (shape: StringShape): string => {
  const [first] = shape.values ?? []
  const text = first ?? texts.find((candidate) => isFitting(shape, candidate))
  if (text === undefined) throw new Error(`no example text fits ${shape.name}`)
  return text
}

/** A value that the shape's constraints allow, with no more than its required members. Throws for a text that none of ours fits. */
export const exampleValue = (shape: Shape): unknown => {
  switch (shape.type) {
    case 'string':
      return textFor(shape)
    case 'structure':
      return Object.fromEntries(
        [...shape.members].flatMap(([name, member]) => (shape.required.has(name) ? [[name, exampleValue(member)] as const] : [])),
      )
    case 'list':
      return [exampleValue(shape.member)]
    case 'map':
      return { [String(exampleValue(shape.key))]: exampleValue(shape.value) }
    case 'integer':
    case 'long':
      return Math.min(Math.max(shape.min ?? 1, 1), shape.max ?? 1)
    case 'boolean':
      return true
    case 'timestamp':
      return 1_700_000_000
    case 'blob':
      return 'ZXhhbXBsZQ=='
    default:
      return {}
  }
}
