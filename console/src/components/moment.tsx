const zoned = new Intl.DateTimeFormat('en', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
})

/** A moment (epoch ms) in the zone of whoever looks, with UTC on hover; a dash for none. */
export const Moment = ({ at }: { readonly at: number | undefined }) => {
  if (at === undefined) return <>-</>
  const utc = new Date(at).toISOString()
  return (
    <time dateTime={utc} title={utc.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}>
      {zoned.format(at)}
    </time>
  )
}
