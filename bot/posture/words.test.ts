// What questions about MFA and protection mean, also where customers are called like commands and times.
import { itMeans } from '../testing/questions.fixture.ts'

itMeans(65, {
  'noMfa Contoso': ['who has no mfa at Contoso', 'who at contoso has no mfa', 'accounts without mfa at contoso', 'who lacks mfa at contoso', 'contoso without mfa', 'which accounts have no mfa at contoso', 'who is not mfa capable at contoso', 'who is not registered for mfa at contoso', 'admins without mfa at contoso', 'no mfa contoso', "who hasn't got mfa at contoso", "who doesn't have mfa at contoso", 'users at contoso without mfa', 'missing mfa at contoso', 'who has no 2fa at contoso'],
  'noMfa …': ['who has no mfa', 'who has no mfa at', 'no mfa'],
  'posture *': ['posture', 'Posture?', 'security', 'security posture', 'posture of all customers', 'posture across all customers', 'posture overall', 'show posture', 'security overview', 'security status'],
  'posture Contoso': ['posture of Contoso', 'posture contoso', 'contoso posture', 'security of contoso', 'security posture of contoso', 'what is the security posture of contoso', 'contoso security', 'how is the posture of contoso'],
  'posture …': ['posture of', 'security of'],
  'posture - litware': ['posture of litware'],
  'mfa Contoso': ['mfa contoso', 'mfa posture contoso'],
  'mfa …': ['mfa', 'mfa posture'],
  'mfa *': ['mfa all customers', 'mfa for all customers', 'mfa everywhere', 'mfa status of all our customers'],
  'noMfa *': ['who has no mfa anywhere', 'who has no mfa at all customers'],
  'mfa Tailspin Toys': ['does everyone at tailspin toys have mfa', 'has everyone at tailspin got mfa?'],
  'noMfa Tailspin Toys': ['how many users have no mfa at tailspin'],
  // customers called like commands and times
  'posture Admin Partners': ['posture of Admin Partners', 'Admin Partners posture'],
  'noMfa Admin Partners': ['who has no mfa at Admin Partners'],
  'noMfa MFA Ltd': ['who has no mfa at MFA Ltd', 'who at MFA Ltd has no mfa'],
  'posture MFA Ltd': ['posture of MFA Ltd', 'MFA Ltd posture', 'posture MFA'],
  'posture Posture Clinic': ['posture of Posture Clinic', 'posture Posture Clinic', 'Posture Clinic posture'],
  'mfa Posture Clinic': ['mfa Posture Clinic', 'Posture Clinic mfa'],
})
