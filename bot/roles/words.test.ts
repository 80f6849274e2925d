// What questions about who holds roles mean, also where customers are called like commands and times.
import { itMeans } from '../testing/questions.fixture.ts'

itMeans(23, {
  'admins Contoso': ['admins at Contoso', 'admins contoso', 'contoso admins', 'who are the admins at contoso', 'who is admin at contoso', "who's an admin at contoso", 'global admins at contoso', 'administrators of contoso', 'who has admin rights at contoso', 'privileged accounts at contoso', 'privileged roles contoso', 'list admins of contoso', 'eligible admins at contoso'],
  'admins …': ['admins', 'admins at', 'who are the admins'],
  'admins Tailspin Toys': ['who has privileged access at tailspin', 'how many admins does tailspin have'],
  // customers called like commands and times
  'admins Admin Partners': ['admins at Admin Partners', 'Admin Partners admins', 'who is admin at admin partners'],
  'admins MFA Ltd': ['admins at MFA Ltd', 'admins at mfa'],
})
