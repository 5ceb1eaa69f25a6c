import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

/** An id or another text with a button that copies it, shown as `shown` where that is given; a dash for none. */
export const Copyable = ({
  text,
  what = 'ID',
  shown,
}: {
  readonly text: string | undefined
  readonly what?: string
  readonly shown?: string
}) =>
  text === undefined || text === '' ? (
    <>-</>
  ) : (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      textToDisplay={shown ?? text}
      copyButtonAriaLabel={`Copy ${what}`}
      copySuccessText={`${what} copied`}
      copyErrorText={`${what} could not be copied`}
    />
  )
