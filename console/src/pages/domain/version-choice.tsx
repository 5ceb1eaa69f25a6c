import Tiles from '@cloudscape-design/components/tiles'

/** Chooses between managed login and the classic hosted UI. */
export const VersionChoice = ({ value, onChange }: { readonly value: number; readonly onChange: (version: number) => void }) => (
  <Tiles
    ariaLabel="Branding version"
    value={String(value)}
    onChange={({ detail }) => onChange(Number(detail.value))}
    items={[
      { value: '2', label: 'Managed login', description: 'Newer pages with passkeys and a style for each app client.' },
      { value: '1', label: 'Hosted UI (classic)', description: 'The first generation of pages, styled with a CSS file and a logo.' },
    ]}
  />
)
