import Box from '@cloudscape-design/components/box'
import { CopyButton } from './copy-button.tsx'

/** A policy document as JSON that can be copied. */
export const PolicyView = ({ policy, what }: { readonly policy: object; readonly what: string }) => {
  const text = JSON.stringify(policy, null, 2)
  return (
    <>
      <Box float="right">
        <CopyButton text={text} what={what} />
      </Box>
      <Box variant="pre">{text}</Box>
    </>
  )
}
