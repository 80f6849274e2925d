import { Audit } from '../audit/Audit.tsx'
import { Channels } from '../channels/Channels.tsx'
import { AdminCustomers } from '../customers/AdminCustomers.tsx'
import { Sections } from '../parts/Sections.tsx'
import { ViewTitle } from '../parts/ViewTitle.tsx'
import { go, type AdminSection } from '../route.ts'
import { Integrations } from '../tenants/Integrations.tsx'
import { SuggestedDomains } from '../tenants/SuggestedDomains.tsx'

const sections = [
  ['integrations', 'Integrations'],
  ['customers', 'Customers'],
  ['channels', 'Channels'],
  ['audit', 'Audit'],
] as const

/** What administrators set up. `section` comes from the address. */
export default function Admin({ section }: { section: AdminSection }) {
  return (
    <>
      <ViewTitle>Admin</ViewTitle>
      <Sections label="Sections of Admin" sections={sections} selected={section} onSelect={(to) => go({ view: 'admin', section: to })}>
        {section === 'integrations' && <Integrations />}
        {section === 'customers' && <AdminCustomers offer={(typed, add) => <SuggestedDomains typed={typed} onAdd={add} />} />}
        {section === 'channels' && <Channels />}
        {section === 'audit' && <Audit />}
      </Sections>
    </>
  )
}
