// What questions about meetings mean, also where customers are called like commands and times.
import { itMeans } from '../testing/questions.fixture.ts'

itMeans(81, {
  'nextMeeting Contoso': ['next meeting with Contoso', 'Next meeting contoso?', 'when is the next meeting with contoso', 'when do we meet contoso', 'contoso next meeting', 'meeting with contoso', 'next appointment with contoso', "what's our next meeting with contoso"],
  'nextMeeting …': ['next meeting', 'next meeting with', 'when is our next meeting'],
  'nextMeeting - litware': ['next meeting with litware'],
  'meetings * [day 0]': ['todays meetings', 'meetings this morning', 'meetings this afternoon', 'meetings this evening', 'meetings today', 'Meetings today?', "today's meetings", 'what meetings do we have today', 'any meetings today', 'are there any meetings today', 'agenda today', 'agenda for today', 'my meetings today', 'show calendar today', 'all meetings today'],
  'meetings *': ['meetings', 'our meetings', 'agenda'],
  'meetings * [+14 days]': ['upcoming meetings', 'next meetings', 'my upcoming meetings'],
  'meetings * [day 1]': ['meetings tomorrow morning', 'tomorrows meetings', 'meetings tomorrow', "tomorrow's meetings", 'what meetings are there tomorrow', 'meeting tomorrow?'],
  'meetings * [week 1]': ['meetings next week', 'next week meetings'],
  'meetings * [day wd5]': ['meetings on friday', 'meetings friday'],
  'meetings Contoso': ['meetings with Contoso', 'meetings contoso', 'contoso meetings', 'all meetings with contoso', 'next meetings with contoso', 'upcoming meetings with contoso'],
  'meetings Contoso [week 1]': ['meetings with Contoso next week', 'meetings next week with contoso', 'meeting with contoso next week', 'next meeting with contoso next week', 'do we have meetings with contoso next week'],
  'meetings Contoso [week 0]': ['meetings with contoso this week'],
  'meetings Contoso [day 1]': ['meetings with contoso tomorrow morning', 'meetings tomorrow afternoon with contoso', 'meetings with contoso tomorrow', 'is there a meeting with contoso tomorrow'],
  'meetings Contoso [day 11-24]': ['meetings with contoso on 24 November'],
  'meetings Contoso [+3 days]': ['meetings with contoso in the next 3 days', 'meetings with contoso next three days'],
  'meetings Contoso [-7 days]': ['last meeting with contoso', 'past meetings with contoso'],
  'meetings …': ['meetings with', 'meetings with?', 'meetings with them'],
  'meetings - litware [week 1]': ['meetings with litware next week'],
  // customers called like commands and times
  'meetings March Consulting [week 1]': ['meetings with March Consulting next week'],
  'meetings May Industries': ['meetings May Industries', 'May Industries meetings'],
  'nextMeeting MFA Ltd': ['next meeting with MFA Ltd'],
  'nextMeeting Meeting Point': ['next meeting with Meeting Point', 'Meeting Point next meeting'],
  'meetings Meeting Point': ['meetings with Meeting Point'],
  'nextMeeting Next Step': ['next meeting with Next Step'],
  'meetings Next Step [week 1]': ['meetings with Next Step next week'],
  'meetings Monday Coffee': ['meetings with Monday Coffee', 'Monday Coffee meetings'],
  'meetings Monday Coffee [day wd1]': ['meetings with Monday Coffee on Monday'],
  'meetings Monday Coffee [day 0]': ['meetings today with Monday Coffee'],
})
