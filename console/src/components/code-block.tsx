import Box from '@cloudscape-design/components/box'

/** Text as it is, with its line breaks; lines and words that are too long go on below. */
export const CodeBlock = ({ text }: { readonly text: string }) => (
  <div className="wrapped">
    <Box variant="pre">{text}</Box>
  </div>
)
