// People that nobody can take for real ones, and what they write about.

import type { Random } from './random.ts'

export const FIRST = [
  'Robin', 'Hazel', 'Basil', 'Clay', 'Coral', 'Indigo', 'Jasper', 'Lark', 'Olive', 'Quill', 'Sage', 'Wren', 'Zoë', 'Jürgen',
  'Renée', 'Łucja', 'Søren', 'Saoirse', 'Dusty', 'Fern', 'Ginger', 'Heath', 'Ivy', 'Juniper', 'Kit', 'Misty', 'Opal', 'Pepper',
] as const

export const LAST = [
  'Rivet', "O'Neil", 'Müller-Kiesel', 'Pebble', 'Thimble', 'Sprocket', 'Lantern', 'Bobbin', 'Kettle', 'Gasket', 'Ferrule',
  'Trellis', 'Quartz', 'Ångström', "D'Amico", 'Washer', 'Spindle', 'Grommet', 'Bracket', 'Çelik', 'van der Bolt', 'Flange',
] as const

export const SUBJECTS = [
  'VPN is down again', 'Invoice 4711', 'New starter on Monday', 'Printer on floor 2', 'Quote for laptops', 'Backup report', 'Firewall change window',
  'Password reset', 'Meeting notes', 'Teams call quality', 'Licence renewal', 'Phishing report', 'Server room access', 'Mailbox is full',
] as const

export const AWKWARD_SUBJECTS = [
  '', '🔥🔥 URGENT 🔥🔥 server 🖥️ down', 'مرحبا بكم في الاجتماع', '‮drawkcab si tcejbus siht',
  'RE: FW: RE: AW: WG: RE: =?utf-8?Q?caf=C3=A9?=',
  `Fwd: ${'a very long subject that never ends '.repeat(12)}`,
  '<b>bold</b> & "quoted" \\ subject', '   ', "'; DROP TABLE mail; --", 'Ünïcödé Überweisung №5',
] as const

const SENTENCES = [
  'Thank you for the quick call this morning, it helped a lot.', 'The switch in the back office still drops the connection every few minutes.',
  'Could you have a look before the end of the week, please?', 'We have two people starting on Monday who need an account and a laptop.',
  'The old printer can go, nobody has used it since spring.', 'Our bookkeeper asks whether the invoice already contains the extra hours.',
  'As discussed we would like to keep the present contract for another year.', 'The backup of last night finished without errors.',
  'Somebody clicked on a link that looked strange, please check the account.', 'The meeting room screen shows only a blue picture.',
] as const

/** Some three hundred characters of harmless office prose. */
export function prose({ pick }: Random): string {
  return Array.from({ length: 6 }, () => pick(SENTENCES)).join(' ').padEnd(300, '.')
}

/** `Zoë O'Neil` → `zoe.o'neil`: the part before the @ as an administrator would type it. */
export function localPart(first: string, last: string): string {
  return `${first}.${last}`.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[Łł]/g, 'l').replace(/[øØ]/g, 'o')
    .replace(/\s/g, '').toLowerCase()
}

/** Distinct names; a number is added when the list is used up. */
export function people(random: Random, count: number): [string, string][] {
  const offset = random.int(1000)
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const n = i + offset
    const lap = Math.floor(i / (FIRST.length * LAST.length))
    const last = LAST[(n + Math.floor(i / LAST.length)) % LAST.length] as string
    return [FIRST[n % FIRST.length] as string, lap ? `${last}${lap}` : last]
  })
}
