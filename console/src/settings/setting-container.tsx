import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { follow } from '../router/location.ts'
import type { Now, Setting } from './setting.ts'

/** What a group of settings is set to, with a button that leads to its form. */
export const SettingContainer = ({ setting, now, href }: { readonly setting: Setting; readonly now: Now; readonly href: string }) => (
  <Container
    header={
      <Header
        variant="h2"
        description={setting.description}
        actions={
          <Button href={href} onFollow={follow} ariaLabel={`Edit ${setting.title}`}>
            Edit
          </Button>
        }
      >
        {setting.title}
      </Header>
    }
  >
    <KeyValuePairs columns={3} items={[...setting.items(now)]} />
  </Container>
)
