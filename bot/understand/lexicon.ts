// Words that belong to no subject: plain English that carries nothing in a question, and words that keep their meaning everywhere.
import type { Word } from './words.ts'

export const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** Carry nothing: function words, politeness, and what people say about their asking. */
export const fillers = list(
  `a able above actually after again all alright also always am an and another any anybody anyone anything anyway are arent around as asap ask asked asking asks at awesome back basically
  be because been before being below best better between bit boss bot both bother brief briefly but by bye can cant case cc chance check checking client colleague come comes came company contact cool could course curious customer day
  dear did didnt display do does doesnt doing done dont dude each earlier early either else email end erm even evening ever every exactly excuse far favor favour fetch few figure figures find fine first folks follow following for from
  fyi get getting give given gives go going gonna good got gotten great guys had happen happens has hasnt have havent having he hello help her here hey hi highest him his hmm hold holds holding hope hopefully how hows however hurry i id if
  ill im immediately in info information inform instead interested into is isnt it its ive just keep kind kindly know known last latest least let lets like list little long look looking lot love lowest made make man many mate matter may maybe me mean means meant might mind
  mine minute moment more morning most mr mrs ms much must my myself name need needed needs never new next nice no not nothing now number numbers of off oh ok okay on once one ones only open or order other our ours out outpost over own
  people perhaps person please pleas pls plz possible possibly promise provide pull question questions quick quickly quite rank ranked ranking rather re real really regarding right rush said same say says sec see seeing seen send sent shall share she should show showing side since sir sry
  so some somebody someone something soon sorry sort sorted start still stuff such super sure ta take talk team tell than thank thanks that the their them then there these they thing things think this those though through time times to
  today together told too top total trouble try trying two ty u uh um umm under until up update updates upon ur urgent urgently us use used using very via wait wanna want wanted wants was wasnt way we well were whatever what whats when
  whenever where whether which while who whole whos whose why will wish with within without wonder wondering wont work works would wouldnt write written wrong yeah yep yes noon midday lunch lunchtime midnight lol haha xd omg btw tbh yet yo you your yours yourself s t d ll ve o quickly
  evening evenings afternoon sorted thx hiya greetings bye cheers later everyone everybody everywhere anywhere overall across worst give us hows state status report reports overview summary stats details detail list lists lately currently current
  tenant customers clients organisation organization firm side data date dates subject topic word words regarding concerning mailbox teams chat total percentage percent rate coverage tonight yesterday tomorrow week weeks month months days hours hour year`,
)
/** Always something to be done, where a sentence begins with it. */
export const acts = list(
  'delete erase add assign buy purchase cancel reset block unblock forward disable enable snooze create accept decline archive mute unmute remind grant revoke install uninstall deploy rename deactivate activate reschedule postpone upload turn switch unsubscribe approve reject reboot restart fix revert export download print remove book mark move apply configure setup upgrade order subscribe notify close resolve dismiss wipe draft arrange share dial escalate enforce require resync force unassign reassign downgrade demote promote strip pin unpin flag unflag push confirm organise organize trigger launch rotate expire lock suspend retire offboard onboard migrate shut pause resume transfer nudge ping chase renew replace extend',
)
/** So only before what it is done to: "start a sync", not "start of the week". */
export const actsOn = list('give make send start stop run set change schedule put open raise plan refresh invite report unlock call email mail message write reply respond answer sync run kick tell inform let ask warn')
/** Carry nothing where all customers can be meant. */
export const everybody = list('all customers clients every each everyone everybody everywhere anywhere overall across over worst first best our of the')
const allCustomers = list('customers clients everywhere anywhere overall')
export const prepositions = list('at by for from of to with')
/** Whom the last question was about. */
export const pronouns = list('them their they theirs he she him her his hers')

/** Words written together, for idioms. */
export const keysOf = (words: readonly Word[]): string[] => words.map(({ key }) => key)

/** Says in so many words that all customers are meant. */
export const namesAll = (words: readonly Word[]): boolean => words.some(({ key }) => allCustomers.has(key))

/** Every reading that leaves fillers out at either end, the longest first. */
export function withoutFillers(words: readonly Word[]): Word[][] {
  const first = words.findIndex(({ key }) => !fillers.has(key))
  const start = first === -1 ? words.length : first
  let end = words.length
  while (end > start && fillers.has(words[end - 1]?.key ?? '')) end -= 1
  const readings: Word[][] = []
  for (let from = 0; from <= start; from += 1) {
    for (let to = words.length; to >= Math.max(end, from); to -= 1) readings.push(words.slice(from, to))
  }
  return readings.sort((a, b) => b.length - a.length)
}
