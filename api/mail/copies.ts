// Which of many copies stands for a mail. Several technicians hold the same mail, and who sent it to themselves as well holds it twice.
import type { MailCopy } from './rows.ts'

/**
 * Copies of one mail lie in different mailboxes, or one of them in Sent Items. Two that share Message-ID, sender and time in one
 * mailbox are two mails: list servers and programs send such.
 * @param copies all that the actor may see of some mails; @param sentFolders ids of the folders Sent Items
 * @returns ids: of each mail its newest copy
 */
export function newestOfEachMail(copies: readonly MailCopy[], sentFolders: ReadonlySet<string>): Set<string> {
  const counts = new Map<string, number>()
  const shown = new Map<string, string>()
  for (const copy of [...copies].sort(newestFirst)) {
    const pile = JSON.stringify([copy.mailKey, copy.mailboxId, sentFolders.has(copy.folderId)])
    const place = counts.get(pile) ?? 0
    counts.set(pile, place + 1)
    const mail = `${copy.mailKey} ${place}`
    if (!shown.has(mail)) shown.set(mail, copy._id)
  }
  return new Set(shown.values())
}

const newestFirst = (a: MailCopy, b: MailCopy) => b.receivedAt.getTime() - a.receivedAt.getTime() || (a._id < b._id ? 1 : -1)
